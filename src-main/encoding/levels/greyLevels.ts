import type { FieldValues } from '../../../src-shared/fields.ts'
import { normalisedPixels } from '../transforms/normalise.ts'

const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)

/** Brightness of every byte, `[256]`: byte / 255 in float32. */
export const greyLevels: Float32Array = Float32Array.from(bytes, (byte) => byte / 255)

/** What a normalisation that is the same for all channels makes of them, `[256]`; grey levels themselves where null. */
export function normalisedLevels(scale: FieldValues | null): Float32Array {
  return scale ? normalisedPixels({ shape: [1, 1, 256], pixels: bytes }, scale) : greyLevels
}
