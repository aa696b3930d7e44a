import type { EventRecording } from '../dataset.ts'

/**
 * An event packed into two little-endian 32-bit words: its time in µs; then x in bits 0 to 15, y in bits 16 to 30
 * and the polarity in bit 31.
 */
export const eventBytes = 8

/** The largest x and y that fit. */
export const largestX = 0xffff
export const largestY = 0x7fff

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

function swapOnBigEndian(words: Uint32Array): void {
  if (!littleEndian) Buffer.from(words.buffer, words.byteOffset, words.byteLength).swap32()
}

/** The words of a recording, `[2 * events]`, written to `words` from its beginning. */
export function packEvents({ t, x, y, p }: EventRecording, words: Uint32Array): void {
  const count = t.length
  for (let i = 0; i < count; i++) {
    words[2 * i] = t[i]
    words[2 * i + 1] = (x[i] | (y[i] << 16) | (p[i] << 31)) >>> 0
  }
  swapOnBigEndian(words.subarray(0, 2 * count))
}

/** Fills columns from words as they lie in a file; `words` may be changed. */
export function unpackEvents(words: Uint32Array, { t, x, y, p }: EventRecording): void {
  swapOnBigEndian(words)
  const count = t.length
  for (let i = 0; i < count; i++) {
    const address = words[2 * i + 1]
    t[i] = words[2 * i]
    x[i] = address & 0xffff
    y[i] = (address >>> 16) & 0x7fff
    p[i] = address >>> 31
  }
}
