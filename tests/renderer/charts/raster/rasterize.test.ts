import { describe, expect, it } from 'vitest'
import { fullWindow } from '../../../../src-renderer/charts/raster/coordinator.ts'
import { pixelColour, rasterizeSpikes } from '../../../../src-renderer/charts/raster/rasterize.ts'
import { packSpikes, type SpikeBits } from '../../../../src-shared/spikeBits.ts'
import { busyBytes, spikeBytes } from './raster.fixture.ts'

const ink = pixelColour(10, 20, 30)

function painted(pixels: Uint32Array, width: number) {
  const places: [number, number][] = []
  pixels.forEach((pixel, i) => {
    if (pixel !== 0) places.push([i % width, Math.floor(i / width)])
  })
  return places
}

/** All spikes in a plot of so many pixels, some neurons in colours of their own. */
const drawn = (bits: SpikeBits, width: number, height: number, own?: ReadonlyMap<number, number>) =>
  rasterizeSpikes(bits, fullWindow({ steps: bits.steps, neurons: bits.inputs }), width, height, 1, ink, own)

describe('rasterizeSpikes', () => {
  it('draws a tick in the middle of its step, neuron 0 at the bottom', () => {
    const bits = packSpikes(spikeBytes(4, 2, [[1, 0]]), 4, 2)
    const pixels = drawn(bits, 40, 20)
    const places = painted(pixels, 40)
    expect(places.length).toBeGreaterThan(0)
    expect(places.every(([x, y]) => x >= 13 && x <= 16 && y >= 10)).toBe(true)
    expect(new Set(pixels)).toEqual(new Set([0, ink]))
  })

  it('gives single neurons their own colour', () => {
    const other = pixelColour(200, 0, 0)
    const bits = packSpikes(spikeBytes(1, 2, [[0, 1]]), 1, 2)
    const pixels = drawn(bits, 10, 20, new Map([[1, other]]))
    expect(pixels).toContain(other)
    expect(pixels).not.toContain(ink)
  })

  it('draws what the window shows and nothing else', () => {
    const bits = packSpikes(
      spikeBytes(100, 100, [
        [5, 5],
        [50, 50],
      ]),
      100,
      100,
    )
    const pixels = rasterizeSpikes(bits, { from: 40, to: 60, low: 40, high: 60 }, 200, 200, 1, ink)
    const places = painted(pixels, 200)
    expect(places.every(([x, y]) => x > 95 && x < 115 && y > 80 && y < 105)).toBe(true)
    expect(places.length).toBeGreaterThan(0)
  })

  it('loses no spike where cells are smaller than pixels, and shows density', () => {
    const bytes = spikeBytes(400, 400, [[399, 399]])
    for (let step = 0; step < 100; step++)
      for (let neuron = 0; neuron < 100; neuron++) bytes[step * 400 + neuron] = 1
    const bits = packSpikes(bytes, 400, 400)
    const pixels = drawn(bits, 100, 100)
    const alphaAt = (x: number, y: number) => pixels[y * 100 + x] >>> 24
    expect(alphaAt(99, 0)).toBeGreaterThan(0)
    expect(alphaAt(5, 95)).toBe(255)
    expect(alphaAt(99, 0)).toBeLessThan(alphaAt(5, 95))
    expect(alphaAt(60, 40)).toBe(0)
  })

  it('paints a million spikes', () => {
    const bits = packSpikes(busyBytes(1000, 4000, 4), 1000, 4000)
    const pixels = rasterizeSpikes(
      bits,
      fullWindow({ steps: bits.steps, neurons: bits.inputs }),
      1200,
      800,
      2,
      ink,
    )
    expect(painted(pixels, 1200).length).toBeGreaterThan(100_000)
  })
})
