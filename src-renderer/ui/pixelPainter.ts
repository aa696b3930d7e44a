/** A picture as `[C,H,W]`; a shape of other lengths is a row of pixels. */
export function pictureSize(shape: readonly number[]): { channels: number; height: number; width: number } {
  const [channels, height, width] = shape.length === 3 ? shape : [1, 1, ...shape.slice(-1)]
  return { channels, height, width }
}

/**
 * Draws values `[C,H,W]` from `offset` on; several channels are averaged.
 * @param max the value that gets the strongest colour
 * @param ramp 256 words of image data
 * @param image `[H,W]` words of image data
 */
export function paintPixels(
  values: ArrayLike<number>,
  offset: number,
  shape: readonly number[],
  max: number,
  ramp: Uint32Array,
  image: Uint32Array,
): void {
  const { channels, height, width } = pictureSize(shape)
  const pixels = width * height
  const scale = max > 0 ? 255 / (max * channels) : 0
  for (let i = 0; i < pixels; i++) {
    let sum = 0
    for (let c = 0; c < channels; c++) sum += values[offset + c * pixels + i]
    image[i] = ramp[Math.min(255, Math.max(0, Math.round(sum * scale)))]
  }
}
