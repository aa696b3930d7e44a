import type { CameraSettings } from '../../../src-shared/cameraFields.ts'
import { philox, purposes } from '../../../src-shared/philox.ts'
import type { EventRecording } from '../dataset.ts'
import { saccadeMicroseconds } from '../recordings/saccades.ts'
import { EventBuffer } from './eventBuffer.ts'
import { margin, pictureAt, recordingMicroseconds } from './saccadePath.ts'

/** Steps for each pixel that the picture moves; between steps the logarithm of the light changes linearly. */
const stepsPerPixel = 4
/** Entries of the table of logarithms over the light from black to white. */
const lightLevels = 4096
/** A pixel's threshold is at least this share of the threshold. */
const leastShare = 0.1
/** Streams of the seed: what the words are drawn for. */
const thresholdStream = 2

/**
 * A simulated event camera in front of a screen: the picture moves in three saccades, as N-MNIST was recorded, and
 * a pixel makes an event whenever the logarithm of its light has changed by its threshold since its last event
 * (Rebecq, Gehrig, Scaramuzza 2018, "ESIM: an open event camera simulator"). Noise comes on top.
 */
export class SimulatedCamera {
  readonly width: number
  readonly height: number
  readonly #settings: CameraSettings
  readonly #picture: readonly [channels: number, height: number, width: number]
  readonly #thresholds: Float32Array
  readonly #logOfLight: Float32Array
  /** The picture with black around it, so that no place on its way lies outside; 0 to `lightLevels - 1`. */
  readonly #padded: Float32Array
  readonly #pad: number
  readonly #before: Float32Array
  readonly #reference: Float32Array
  readonly #lastTime: Float64Array
  readonly #events = new EventBuffer()

  /** `shape` is that of the pictures, `[C,H,W]`; several channels are weighed to their luma. */
  constructor(shape: readonly [number, number, number], settings: CameraSettings) {
    const [, height, width] = shape
    this.#picture = shape
    this.#settings = settings
    this.width = width + 2 * margin
    this.height = height + 2 * margin
    this.#pad = Math.ceil(settings.travel) + margin + 2
    this.#padded = new Float32Array((width + 2 * this.#pad) * (height + 2 * this.#pad))
    const pixels = this.width * this.height
    this.#before = new Float32Array(pixels)
    this.#reference = new Float32Array(pixels)
    this.#lastTime = new Float64Array(pixels)
    this.#thresholds = pixelThresholds(pixels, settings)
    this.#logOfLight = Float32Array.from({ length: lightLevels }, (_, i) =>
      Math.log(settings.ambient + i / (lightLevels - 1)),
    )
  }

  /** What the camera sees of a picture; `sample` and `split` choose its noise. Sorted by time. */
  record(pixels: Uint8Array, sample: number, split: number): EventRecording {
    this.#takePicture(pixels)
    this.#events.clear()
    this.#look(0, 0)
    this.#reference.set(this.#before)
    this.#lastTime.fill(-Infinity)
    const steps = Math.max(1, Math.ceil(this.#settings.travel * stepsPerPixel))
    for (let saccade = 0; saccade < 3; saccade++) {
      for (let step = 1; step <= steps; step++) this.#look(saccade, step / steps, 1 / steps)
    }
    this.#addNoise(sample, split)
    return this.#events.sorted(this.width)
  }

  #takePicture(pixels: Uint8Array): void {
    const [channels, height, width] = this.#picture
    const weights = channels === 3 ? [0.299, 0.587, 0.114] : new Array<number>(channels).fill(1 / channels)
    const stride = width + 2 * this.#pad
    const size = width * height
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let light = 0
        for (let c = 0; c < channels; c++) light += weights[c] * pixels[c * size + y * width + x]
        this.#padded[(y + this.#pad) * stride + x + this.#pad] = (light / 255) * (lightLevels - 1)
      }
    }
  }

  /**
   * Moves the picture to a moment of a saccade and makes the events of the change since the last look, which lay
   * `length` of a saccade before; 0 makes none.
   */
  #look(saccade: number, share: number, length = 0): void {
    const [atX, atY] = pictureAt(saccade, share, this.#settings.travel)
    const [left, top] = [this.#pad - atX, this.#pad - atY]
    const [x0, y0] = [Math.floor(left), Math.floor(top)]
    const [fx, fy] = [left - x0, top - y0]
    const [a, b, c, d] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy]
    const [width, height] = [this.width, this.height]
    const stride = this.#picture[2] + 2 * this.#pad
    const [padded, before, reference] = [this.#padded, this.#before, this.#reference]
    const [logOfLight, thresholds] = [this.#logOfLight, this.#thresholds]
    const end = (saccade + share) * saccadeMicroseconds
    const duration = length * saccadeMicroseconds
    for (let y = 0, pixel = 0; y < height; y++) {
      let at = (y + y0) * stride + x0
      for (let x = 0; x < width; x++, at++, pixel++) {
        const light =
          a * padded[at] + b * padded[at + 1] + c * padded[at + stride] + d * padded[at + stride + 1]
        const level = logOfLight[(light + 0.5) | 0]
        if (duration > 0 && Math.abs(level - reference[pixel]) >= thresholds[pixel])
          this.#change(pixel, before[pixel], level, end, duration)
        before[pixel] = level
      }
    }
  }

  /** The light of a pixel has gone from `before` to `level`, beyond its threshold. */
  #change(pixel: number, before: number, level: number, end: number, duration: number): void {
    const threshold = this.#thresholds[pixel]
    const reference = this.#reference[pixel]
    const brighter = level > reference
    const crossings = Math.floor(Math.abs(level - reference) / threshold)
    const step = brighter ? threshold : -threshold
    for (let n = 1; n <= crossings; n++) {
      const crossing = reference + n * step
      const passed = Math.min(1, Math.max(0, (crossing - before) / (level - before)))
      const time = end - (1 - passed) * duration
      if (time - this.#lastTime[pixel] < this.#settings.refractory) continue
      this.#lastTime[pixel] = time
      this.#events.add(Math.min(time, recordingMicroseconds - 1), 2 * pixel + (brighter ? 1 : 0))
    }
    this.#reference[pixel] = reference + crossings * step
  }

  /** A Poisson process over all pixels: exponential gaps, each event at any pixel with either polarity. */
  #addNoise(sample: number, split: number): void {
    const pixels = this.width * this.height
    const perMicrosecond = (this.#settings.noiseRate * pixels) / 1e6
    if (perMicrosecond === 0) return
    const words = new Uint32Array(4)
    let time = 0
    for (let n = 0; ; n++) {
      philox(this.#settings.seed, purposes.camera, n, sample, split, 0, words)
      time -= Math.log((words[0] + 1) / 4294967296) / perMicrosecond
      if (time >= recordingMicroseconds) return
      const pixel = Math.floor((words[1] / 4294967296) * pixels)
      this.#events.add(time, 2 * pixel + (words[2] & 1))
    }
  }
}

/** Threshold of every pixel: normal around the setting (Box and Muller 1958), the same for all pictures. */
function pixelThresholds(pixels: number, { threshold, spread, seed }: CameraSettings): Float32Array {
  const words = new Uint32Array(4)
  return Float32Array.from({ length: pixels }, (_, pixel) => {
    philox(seed, purposes.camera, pixel, 0, thresholdStream, 0, words)
    const radius = Math.sqrt(-2 * Math.log((words[0] + 1) / 4294967296))
    const normal = radius * Math.cos((2 * Math.PI * words[1]) / 4294967296)
    return threshold * Math.max(leastShare, 1 + spread * normal)
  })
}
