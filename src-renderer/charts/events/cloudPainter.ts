import { rotationOf, scaleOf, type Cloud, type CloudView, type Rotation } from './cloudView.ts'
import { mixed, pixelWord, type PolarityColors } from './polarityColors.ts'

/** So many events are drawn at a time; of more, every second or third. */
const drawnLimit = 500_000
/** Events of one call: engines compile what is called often, and the first drawings are slow where one call draws all. */
const eventsAtOnce = 4096

export interface CloudScene {
  cloud: Cloud
  /** 1 is ON. */
  p: Uint8Array
  /** Events that are shown strong; all others pale. */
  strong: readonly [from: number, to: number]
  view: CloudView
  colors: PolarityColors
}

/** What is the same for all events of a drawing. */
interface Drawing {
  rotation: Rotation
  /** Device pixels a unit. */
  scale: number
  /** OFF and ON pale, OFF and ON strong. */
  palette: Uint32Array
  /** Device pixels of an event. */
  side: number
  /** From one event that is drawn to the next. */
  step: number
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
  paint(scene: CloudScene): void {
    const { cloud, p, view, colors } = scene
    const { width, height } = this.image
    this.#words.fill(0)
    this.#depth.fill(-Infinity)
    const drawing: Drawing = {
      rotation: rotationOf(view),
      scale: scaleOf(cloud.box, width, height, view),
      palette: Uint32Array.of(
        pixelWord(mixed(colors.ground, colors.off, 0.42)),
        pixelWord(mixed(colors.ground, colors.on, 0.42)),
        pixelWord(colors.off),
        pixelWord(colors.on),
      ),
      side: Math.max(1, Math.round(1.5 * this.#density)),
      step: Math.ceil(p.length / drawnLimit),
    }
    const stretch = drawing.step * eventsAtOnce
    for (let from = 0; from < p.length; from += stretch)
      this.#draw(scene, drawing, from, Math.min(from + stretch, p.length))
  }

  #draw({ cloud, p, strong }: CloudScene, drawing: Drawing, first: number, end: number): void {
    const { width, height } = this.image
    const [words, depths] = [this.#words, this.#depth]
    const [from, to] = strong
    const { scale, palette, side, step } = drawing
    const [right, down, near] = drawing.rotation
    const half = side >> 1
    const { time, x, y } = cloud
    for (let i = first; i < end; i += step) {
      const a = time[i]
      const b = y[i]
      const c = x[i]
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
