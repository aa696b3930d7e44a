import { drawSpikes } from './draw.ts'
import type { SampleEncoder } from './encoder.ts'

const probabilities = (x: Float32Array): Float32Array => x.map((value) => Math.min(1, Math.max(0, value)))

/** Poisson spikes of the first `period` steps, over and over: spikingjelly's `PeriodicEncoder` over a random train. */
export const periodic: SampleEncoder = {
  kind: 'periodic',
  binary: () => true,
  encode(x, timeSteps, { period }, stream) {
    const drawn = Math.min(Number(period), timeSteps)
    const out = new Float32Array(timeSteps * x.length)
    const levels = probabilities(x)
    const places = Uint32Array.from(x, (_, i) => i)
    drawSpikes(levels, places, drawn, stream, out)
    for (let t = drawn; t < timeSteps; t++) {
      out.copyWithin(t * x.length, (t - drawn) * x.length, (t - drawn + 1) * x.length)
    }
    return out
  },
  levels: (x, timeSteps, { period }) => ({
    ...{ kind: 'drawn', fields: 1, probabilities: probabilities(x), firstStep: 0 },
    period: Math.min(Number(period), timeSteps),
  }),
}
