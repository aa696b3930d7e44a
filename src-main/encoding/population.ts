import type { FieldValues } from '../../src-shared/fields.ts'
import { drawSpikes } from './draw.ts'
import type { SampleEncoder } from './encoder.ts'
import { ownTrains } from './levels/ownTrains.ts'

const { fround } = Math

/** Threshold of the neurons that add up the activity, which is at most 1. */
const threshold = fround(0.999)

/** exp(-(x-μ)²/2σ²) of K receptive fields whose centres lie evenly from `low` to `high`, `[K,N]`. */
function activity(x: Float32Array, params: FieldValues): Float32Array {
  const [fields, low, high, deviation] = [params.population, params.low, params.high, params.deviation].map(
    Number,
  )
  const out = new Float32Array(fields * x.length)
  const variance = fround(fround(deviation) ** 2)
  for (let k = 0; k < fields; k++) {
    const centre = fround(low + ((high - low) / (fields - 1)) * k)
    x.forEach((value, i) => {
      const distance = fround(value - centre)
      out[k * x.length + i] = Math.exp(fround(fround(-0.5 * fround(distance * distance)) / variance))
    })
  }
  return out
}

/** Neurons without leak that are set back by the threshold: spikes as regular as the activity allows. */
function integrate(currents: Float32Array, timeSteps: number): Float32Array {
  const out = new Float32Array(timeSteps * currents.length)
  const membrane = new Float32Array(currents.length)
  for (let t = 0; t < timeSteps; t++) {
    for (let i = 0; i < currents.length; i++) {
      membrane[i] += currents[i]
      if (membrane[i] < threshold) continue
      out[t * currents.length + i] = 1
      membrane[i] -= threshold
    }
  }
  return out
}

/**
 * Population coding by Gaussian receptive fields: input k·N + i is field k of element i. Source: spikingjelly's
 * `PopSpikeEncoderDeterministic` and `PopSpikeEncoderRandom`, with fields that are not learned.
 */
export const population: SampleEncoder = {
  kind: 'population',
  binary: () => true,
  encode(x, timeSteps, params, stream) {
    const levels = activity(x, params)
    if (params.spikes !== 'random') return integrate(levels, timeSteps)
    const out = new Float32Array(timeSteps * levels.length)
    const places = Uint32Array.from(levels, (_, i) => i)
    drawSpikes(levels, places, timeSteps, stream, out)
    return out
  },
  levels(levels, timeSteps, params) {
    const fields = Number(params.population)
    if (params.spikes !== 'random') {
      return ownTrains(levels, timeSteps, fields, true, (x) => integrate(activity(x, params), timeSteps))
    }
    const probabilities = activity(levels, params)
    return { kind: 'drawn', fields, probabilities, firstStep: 0, period: timeSteps }
  },
}
