import { describe, expect, it } from 'vitest'
import { cloudFrame } from '../../../../src-renderer/charts/events/cloudFrame.ts'
import { CloudPixels } from '../../../../src-renderer/charts/events/cloudPainter.ts'
import { cloudOf, firstView, flatView, rotationOf } from '../../../../src-renderer/charts/events/cloudView.ts'

const train = {
  shape: [2, 20, 40],
  t: Uint32Array.of(0, 500, 1000),
  x: Uint16Array.of(0, 20, 39),
  y: Uint16Array.of(0, 10, 19),
  p: Uint8Array.of(1, 0, 1),
}
const colors = { on: [0, 0, 255], off: [255, 0, 0], ground: [0, 0, 0] } as const

/** happy-dom has no image data. */
class Pixels {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
  constructor(width: number, height: number) {
    this.data = new Uint8ClampedArray(4 * width * height)
    this.width = width
    this.height = height
  }
}
globalThis.ImageData ??= Pixels as unknown as typeof ImageData

describe('a cloud of events', () => {
  it('fills a box of the proportions of the sensor, over the whole time', () => {
    const { box, time, x, y } = cloudOf(train)
    expect(box).toEqual({ time: 1, x: 0.6, y: 0.3 })
    expect([...time]).toEqual([-1, 0, 1])
    expect(x[0]).toBeCloseTo(-0.585)
    expect(y[2]).toBeCloseTo(0.285)
  })

  it('of a line of channels is flat, with the channels upwards', () => {
    const { box, x, y } = cloudOf({ ...train, shape: [1, 1, 40] })
    expect([box.x, ...x]).toEqual([0, 0, 0, 0])
    expect(y[0]).toBeGreaterThan(y[2])
  })

  it('is turned without being stretched', () => {
    const rows = rotationOf({ yaw: 0.7, pitch: -1.1, zoom: 1 })
    for (const [i, a] of rows.entries()) {
      for (const [j, b] of rows.entries()) {
        expect(a.reduce((sum, value, k) => sum + value * b[k], 0)).toBeCloseTo(i === j ? 1 : 0)
      }
    }
    expect(rotationOf(flatView)[0]).toEqual([1, 0, -0])
  })

  it('lies within the picture with its box, from any side', () => {
    const { box } = cloudOf(train)
    for (let yaw = -3; yaw <= 3; yaw += 0.5) {
      for (let pitch = -1.5; pitch <= 1.5; pitch += 0.5) {
        const { edges, moment, labels } = cloudFrame(box, { yaw, pitch, zoom: 1 }, 400, 300, 0.5)
        expect([edges.length, moment.length, labels.length]).toEqual([12, 4, 3])
        for (const [x, y] of edges.flat()) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThanOrEqual(400)
          expect(y).toBeGreaterThanOrEqual(0)
          expect(y).toBeLessThanOrEqual(300)
        }
      }
    }
  })

  it('is drawn in the colours of the polarities, strong within the window and pale outside', () => {
    const pixels = new CloudPixels(200, 120, 1)
    const scene = { cloud: cloudOf(train), p: train.p, strong: [1, 2] as const, view: firstView, colors }
    pixels.paint(scene)
    const words = new Set(new Uint32Array(pixels.image.data.buffer))
    expect(words.size).toBe(3)
    expect(words).toContain(0)
    expect(words).toContain(0xff0000ff)
    pixels.paint({ ...scene, strong: [0, 0] })
    expect(new Set(new Uint32Array(pixels.image.data.buffer))).not.toContain(0xff0000ff)
  })
})
