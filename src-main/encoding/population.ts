import type { FieldValues } from '../../src-shared/fields.ts'
import { noSpikes, wordsOf, type SpikeBits } from '../../src-shared/spikeBits.ts'
import { drawBits, drawSpikes } from './draw.ts'
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

/** The steps at which a neuron without leak fires that is set back by the threshold; their number. */
function firingSteps(current: number, timeSteps: number, into: Uint32Array): number {
  let [membrane, count] = [0, 0]
  for (let step = 0; step < timeSteps; step++) {
    membrane = fround(membrane + current)
    if (membrane < threshold) continue
    into[count++] = step
    membrane = fround(membrane - threshold)
  }
  return count
}

/** Neurons without leak that are set back by the threshold: spikes as regular as the activity allows, `[T,K·N]`. */
function integrate(currents: Float32Array, timeSteps: number): Float32Array {
  const count = currents.length
  const values = new Float32Array(timeSteps * count)
  const steps = new Uint32Array(timeSteps)
  for (let i = 0; i < count; i++) {
    const spikes = firingSteps(currents[i], timeSteps, steps)
    for (let spike = 0; spike < spikes; spike++) values[steps[spike] * count + i] = 1
  }
  return values
}

/** The same as bits. What is equally bright fires alike, so that each current of an image of bytes is added up once. */
function integrateBits(currents: Float32Array, timeSteps: number): SpikeBits {
  const spikes = noSpikes(timeSteps, currents.length)
  const { words } = spikes
  const width = wordsOf(currents.length)
  const trains = new Map<number, Uint32Array>()
  const steps = new Uint32Array(timeSteps)
  for (let i = 0; i < currents.length; i++) {
    let train = trains.get(currents[i])
    if (!train) {
      train = steps.slice(0, firingSteps(currents[i], timeSteps, steps))
      trains.set(currents[i], train)
    }
    const [bit, place] = [1 << (i & 31), i >>> 5]
    for (let spike = 0; spike < train.length; spike++) words[train[spike] * width + place] |= bit
  }
  return spikes
}

const placesOf = (levels: Float32Array): Uint32Array => Uint32Array.from(levels, (_, i) => i)

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
    const values = new Float32Array(timeSteps * levels.length)
    drawSpikes(levels, placesOf(levels), timeSteps, stream, values)
    return values
  },
  spikes(x, timeSteps, params, stream) {
    const levels = activity(x, params)
    if (params.spikes !== 'random') return integrateBits(levels, timeSteps)
    return drawBits(levels, placesOf(levels), timeSteps, stream)
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
