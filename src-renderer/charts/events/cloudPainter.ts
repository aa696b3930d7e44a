import { rotationOf, scaleOf, type Cloud, type CloudView } from './cloudView.ts'
import { mixed, pixelWord, type PolarityColors } from './polarityColors.ts'

/** So many events are drawn at a time; of more, every second or third. */
const drawnLimit = 500_000

export interface CloudScene {
  cloud: Cloud
  /** 1 is ON. */
  p: Uint8Array
  /** Events that are shown strong; all others pale. */
  strong: readonly [from: number, to: number]
  view: CloudView
  colors: PolarityColors
}

/** The pixels of a picture of a cloud, kept from one drawing to the next. */
export class CloudPixels {
  readonly image: ImageData
  readonly #words: Uint32Array
  readonly #depth: Float32Array
  readonly #density: number

  /** Size in device pixels; `density` of these are a CSS pixel. */
  constructor(width: number, height: number, density: number) {
    this.image = new ImageData(width, height)
    this.#words = new Uint32Array(this.image.data.buffer)
    this.#depth = new Float32Array(width * height)
    this.#density = density
  }

  /** Draws every event as a small square, the nearer ones over the farther ones. */
  paint({ cloud, p, strong: [from, to], view, colors }: CloudScene): void {
    const { width, height } = this.image
    const [words, depths] = [this.#words, this.#depth]
    words.fill(0)
    depths.fill(-Infinity)
    const [right, down, near] = rotationOf(view)
    const scale = scaleOf(cloud.box, width, height, view)
    const palette = Uint32Array.of(
      pixelWord(mixed(colors.ground, colors.off, 0.42)),
      pixelWord(mixed(colors.ground, colors.on, 0.42)),
      pixelWord(colors.off),
      pixelWord(colors.on),
    )
    const side = Math.max(1, Math.round(1.5 * this.#density))
    const half = side >> 1
    const step = Math.ceil(p.length / drawnLimit)
    const { time, x, y } = cloud
    for (let i = 0; i < p.length; i += step) {
      const [a, b, c] = [time[i], y[i], x[i]]
      const depth = near[0] * a + near[1] * b + near[2] * c
      const column = ((width / 2 + scale * (right[0] * a + right[2] * c)) | 0) - half
      const row = ((height / 2 + scale * (down[0] * a + down[1] * b + down[2] * c)) | 0) - half
      if (column < 0 || row < 0 || column + side > width || row + side > height) continue
      const word = palette[(p[i] > 0 ? 1 : 0) + (i >= from && i < to ? 2 : 0)]
      for (let dy = 0; dy < side; dy++) {
        let place = (row + dy) * width + column
        for (let dx = 0; dx < side; dx++, place++) {
          if (depths[place] > depth) continue
          depths[place] = depth
          words[place] = word
        }
      }
    }
  }
}
