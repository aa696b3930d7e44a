import { describe, expect, it } from 'vitest'
import { presets } from '../../../src-shared/model/presets.ts'
import { inferModel } from '../../../src-shared/model/shapes.ts'
import { advise, hiddenFiring, layerHealth, silence } from '../../../src-renderer/views/train/health.ts'
import { epoch, trace } from '../stores/training.fixture.ts'

const layers = inferModel(presets[0].experiment.model).layers
const health = (rates: number[]) => layerHealth(layers, rates, trace(0, 0, 0))
const kinds = (rates: number[], spikesCount = true) =>
  advise(health(rates), [], 10, spikesCount).map((note) => note.kind)

describe('layerHealth', () => {
  it('gives rates to the neuron layers, in order', () => {
    expect(health([0.2, 0.1]).map(({ id, rate }) => [id, rate])).toEqual([
      ['flatten', null],
      ['fc1', null],
      ['lif1', 0.2],
      ['fc2', null],
      ['lif2', 0.1],
    ])
  })

  it('knows the silent neurons of the traced sample and how near they came', () => {
    expect(silence(trace(0, 0, 0).layers[0], 2)).toEqual({ silent: 2, highest: expect.closeTo(0.9) })
    expect(health([0.2, 0.1])[2].silent).toBe(2)
  })

  it('takes hidden firing from the hidden layers alone', () => {
    expect(hiddenFiring(health([0.2, 0.9]))).toBeCloseTo(0.2)
    expect(hiddenFiring(health([]))).toBeNull()
  })
})

describe('advise', () => {
  it('is silent about a healthy network', () => expect(kinds([0.2, 0.1])).toEqual([]))

  it('names layers that never, hardly or always fire', () => {
    expect(kinds([0, 0.1])).toEqual(['dead'])
    expect(kinds([0.004, 0.1])).toEqual(['quiet'])
    expect(kinds([0.95, 0.1])).toEqual(['saturated'])
  })

  it('minds a quiet output only where the loss reads its spikes', () => {
    expect(kinds([0.2, 0])).toEqual(['dead'])
    expect(kinds([0.2, 0], false)).toEqual([])
  })

  it('says when the network guesses', () => {
    const note = advise(health([0.2, 0.1]), [epoch(1, 0.09), epoch(2, 0.11)], 10)
    expect(note).toEqual([{ kind: 'chance', epochs: 2, accuracy: 0.11, classes: 10 }])
    expect(advise(health([0.2, 0.1]), [epoch(1, 0.09), epoch(2, 0.3)], 10)).toEqual([])
  })
})
