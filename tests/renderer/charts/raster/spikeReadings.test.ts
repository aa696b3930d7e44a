import { describe, expect, it } from 'vitest'
import {
  eachSpike,
  silentNeurons,
  spikeCount,
  spikesPerStep,
  stepsOfNeuron,
} from '../../../../src-renderer/charts/raster/spikeReadings.ts'
import { packSpikes } from '../../../../src-shared/spikeBits.ts'
import { spikeBytes } from './raster.fixture.ts'

// 40 neurons lie in two words.
const spikes = [
  [0, 1],
  [0, 34],
  [2, 1],
  [3, 39],
] as const
const some = packSpikes(spikeBytes(4, 40, spikes), 4, 40)

describe('readings of spikes', () => {
  it('list them by step, then by neuron', () => {
    expect([...eachSpike(some)]).toEqual(spikes)
    expect(spikeCount(some)).toBe(4)
  })

  it('count those of each step, of all neurons or of a range', () => {
    expect([...spikesPerStep(some)]).toEqual([2, 0, 1, 1])
    expect([...spikesPerStep(some, 2, 35)]).toEqual([1, 0, 0, 0])
  })

  it('know when a neuron fires, and how many never do', () => {
    expect(stepsOfNeuron(some, 1)).toEqual([0, 2])
    expect(stepsOfNeuron(some, 2)).toEqual([])
    expect(silentNeurons(some)).toBe(37)
  })
})
