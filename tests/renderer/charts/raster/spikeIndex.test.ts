import { describe, expect, it } from 'vitest'
import {
  buildSpikeIndex,
  silentNeurons,
  spikesPerStep,
  stepsOfNeuron,
} from '../../../../src-renderer/charts/raster/spikeIndex.ts'
import { busyBytes, spikeBytes } from './raster.fixture.ts'

const some = buildSpikeIndex(
  spikeBytes(4, 5, [
    [0, 4],
    [0, 1],
    [2, 1],
    [3, 3],
  ]),
  4,
  5,
)

describe('buildSpikeIndex', () => {
  it('sorts by step, then by neuron', () => {
    expect([...some.offsets]).toEqual([0, 2, 2, 3, 4])
    expect([...some.ids]).toEqual([1, 4, 1, 3])
    expect([...some.perNeuron]).toEqual([0, 2, 0, 1, 1])
  })

  it('holds a million spikes', () => {
    const index = buildSpikeIndex(busyBytes(1000, 4000, 4), 1000, 4000)
    expect(index.count).toBe(1_000_000)
    expect(index.offsets[1000]).toBe(1_000_000)
  })

  it('takes missing bytes for silence', () => {
    expect(buildSpikeIndex(new Uint8Array([1]), 3, 2).count).toBe(1)
  })
})

describe('readings of the index', () => {
  it('counts spikes of each step, of all neurons or of a range', () => {
    expect([...spikesPerStep(some)]).toEqual([2, 0, 1, 1])
    expect([...spikesPerStep(some, 2, 5)]).toEqual([1, 0, 0, 1])
  })

  it('knows when a neuron fires, and which never do', () => {
    expect(stepsOfNeuron(some, 1)).toEqual([0, 2])
    expect(stepsOfNeuron(some, 2)).toEqual([])
    expect(silentNeurons(some)).toBe(2)
  })
})
