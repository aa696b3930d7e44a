import { describe, expect, it } from 'vitest'
import { fullWindow } from '../../../../src-renderer/charts/raster/coordinator.ts'
import { pickSpike } from '../../../../src-renderer/charts/raster/picker.ts'
import { packSpikes } from '../../../../src-shared/spikeBits.ts'
import { spikeBytes } from './raster.fixture.ts'

const bits = packSpikes(
  spikeBytes(10, 100, [
    [3, 20],
    [3, 60],
    [7, 99],
  ]),
  10,
  100,
)
const window = fullWindow({ steps: 10, neurons: 100 })
const frame = { left: 30, top: 0, width: 200, height: 400 }

describe('pickSpike', () => {
  it('finds the spike under the pointer', () => {
    expect(pickSpike(bits, window, frame, 30 + 3.5 * 20, 400 - 20.5 * 4)).toEqual({
      step: 3,
      neuron: 20,
      spiked: true,
    })
  })

  it('reaches a spike close by, and not one further off', () => {
    expect(pickSpike(bits, window, frame, 30 + 3.5 * 20, 400 - 21.6 * 4)?.neuron).toBe(20)
    expect(pickSpike(bits, window, frame, 30 + 3.5 * 20, 400 - 24.5 * 4)).toEqual({
      step: 3,
      neuron: 24,
      spiked: false,
    })
  })

  it('names the silent cell in the corners, inside the data', () => {
    expect(pickSpike(bits, window, frame, 30, 400)).toEqual({ step: 0, neuron: 0, spiked: false })
    expect(pickSpike(bits, window, frame, 230, 200)).toEqual({ step: 9, neuron: 50, spiked: false })
  })

  it('finds nothing outside the frame', () => {
    expect(pickSpike(bits, window, frame, 10, 200)).toBeNull()
  })

  it('finds spikes of other steps where steps are thinner than a pixel', () => {
    const long = packSpikes(spikeBytes(1000, 4, [[500, 2]]), 1000, 4)
    const found = pickSpike(
      long,
      fullWindow({ steps: 1000, neurons: 4 }),
      { ...frame, width: 200, height: 4 },
      30 + 100.5,
      1.5,
      5,
    )
    expect(found).toEqual({ step: 500, neuron: 2, spiked: true })
  })
})
