import { divergingRamp, notNumber } from '../theme/ramp.ts'

/** Signed values as pixels: a colour for each side of zero, `limit` being the strongest. */
export function signedPixels(
  values: ArrayLike<number>,
  [offset, width, height]: readonly [number, number, number],
  limit: number,
): ImageData {
  const image = new ImageData(Math.max(1, width), Math.max(1, height))
  const ramp = divergingRamp()
  const other = notNumber()
  for (let i = 0; i < width * height; i++) {
    const value = values[offset + i]
    if (Number.isNaN(value)) image.data.set([...other, 255], i * 4)
    else {
      const share = limit > 0 ? Math.min(1, Math.max(-1, value / limit)) : 0
      const entry = Math.round((share + 1) * 127.5) * 4
      image.data.set(ramp.subarray(entry, entry + 4), i * 4)
    }
  }
  return image
}

/** The same as a canvas of one pixel a value. */
export function signedCanvas(
  values: ArrayLike<number>,
  place: readonly [number, number, number],
  limit: number,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const image = signedPixels(values, place, limit)
  canvas.width = image.width
  canvas.height = image.height
  canvas.getContext('2d')?.putImageData(image, 0, 0)
  return canvas
}
