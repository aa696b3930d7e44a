/** One image on its way to the network. */
export interface ImageSample {
  /** `[C,H,W]`. */
  shape: readonly number[]
  /** `[C,H,W]`, row-major: bytes, or numbers that may be anything once they are normalised. */
  pixels: Uint8Array | Float32Array
}

/** An empty image of the same kind of numbers. */
export function emptyLike({ pixels }: ImageSample, shape: readonly number[]): ImageSample {
  const count = shape.reduce((product, length) => product * length, 1)
  return { shape, pixels: pixels instanceof Uint8Array ? new Uint8Array(count) : new Float32Array(count) }
}

/**
 * The image whose pixel (x, y) is `from`'s at `source(x, y)`: its place in the plane, or -1 for 0.
 *
 * @param size `[height, width]` of the result
 */
export function rearrange(
  from: ImageSample,
  [height, width]: readonly [number, number],
  source: (x: number, y: number) => number,
): ImageSample {
  const [channels, fromHeight, fromWidth] = from.shape
  const to = emptyLike(from, [channels, height, width])
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const place = source(x, y)
      if (place < 0) continue
      for (let c = 0; c < channels; c++) {
        to.pixels[(c * height + y) * width + x] = from.pixels[c * fromHeight * fromWidth + place]
      }
    }
  }
  return to
}
