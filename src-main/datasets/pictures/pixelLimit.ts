import { SpikedeskError } from '../../../src-shared/errors/index.ts'

/** The most pixels of one picture: 16 megapixels, far beyond what a network takes. */
export const pixelLimit = 1 << 24

/** Throws `picture.tooLarge`; a picture without pixels is too. */
export function requirePixels(file: string, width: number, height: number): void {
  if (width > 0 && height > 0 && width * height <= pixelLimit) return
  throw new SpikedeskError('picture.tooLarge', { file, width, height, limit: pixelLimit })
}
