import { describe, expect, it } from 'vitest'
import {
  fullWindow,
  integerTicks,
  isFull,
  neuronAt,
  panWindow,
  stepAt,
  xOf,
  yOf,
  zoomWindow,
} from '../../../../src-renderer/charts/raster/coordinator.ts'

const extent = { steps: 100, neurons: 1000 }
const frame = { left: 40, top: 10, width: 500, height: 200 }
const both = { time: true, neurons: true }

describe('zoomWindow', () => {
  it('keeps what is under the cursor under the cursor', () => {
    const before = fullWindow(extent)
    const at = { step: stepAt(before, frame, 300), neuron: neuronAt(before, frame, 80) }
    const after = zoomWindow(before, extent, 0.4, at, both)
    expect(xOf(after, frame, at.step)).toBeCloseTo(300)
    expect(yOf(after, frame, at.neuron)).toBeCloseTo(80)
    expect(after.to - after.from).toBeCloseTo(40)
  })

  it('never leaves the data, and ends at the whole', () => {
    const near = zoomWindow(fullWindow(extent), extent, 0.5, { step: 0, neuron: 1000 }, both)
    expect([near.from, near.high]).toEqual([0, 1000])
    expect(isFull(zoomWindow(near, extent, 50, { step: 3, neuron: 3 }, both), extent)).toBe(true)
  })

  it('stops at two steps', () => {
    const close = zoomWindow(fullWindow(extent), extent, 1e-9, { step: 50, neuron: 500 }, both)
    expect(close.to - close.from).toBeCloseTo(2)
    expect(close.high - close.low).toBeCloseTo(2)
  })

  it('leaves the neurons alone when only time is zoomed', () => {
    const after = zoomWindow(
      fullWindow(extent),
      extent,
      0.5,
      { step: 50, neuron: 9 },
      { time: true, neurons: false },
    )
    expect([after.low, after.high]).toEqual([0, 1000])
  })
})

describe('panWindow', () => {
  it('moves and stops at the edge without changing its size', () => {
    const window = { from: 10, to: 30, low: 100, high: 300 }
    expect(panWindow(window, extent, -50, 900)).toEqual({ from: 0, to: 20, low: 800, high: 1000 })
  })
})

describe('integerTicks', () => {
  it('is 1, 2 or 5 times a power of ten apart', () => {
    expect(integerTicks(0, 25, 6)).toEqual([0, 5, 10, 15, 20, 25])
    expect(integerTicks(0, 784, 5)).toEqual([0, 200, 400, 600])
    expect(integerTicks(3.4, 6.2, 10)).toEqual([4, 5, 6])
  })
})
