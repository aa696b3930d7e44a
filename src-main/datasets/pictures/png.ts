import { crc32, inflateSync } from 'node:zlib'
import type { decode as decodeFast } from 'fast-png'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { DecodedPicture } from '../importing/source.ts'
import { requirePixels } from './pixelLimit.ts'

/** PNG pictures, as gray or as red, green and blue; transparency is left away, 16-bit values keep their high byte. */
const magic = '89504e470d0a1a0a'
/** Samples a pixel by the colour type of the header. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

export function looksLikePng(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).toString('hex') === magic
}

function unreadable(file: string, cause?: unknown): SpikedeskError {
  return new SpikedeskError('picture.unreadable', { file, detail: { phrase: 'detail.png' } }, cause)
}

/**
 * Checks the chunks and unpacks the pixels once, no further than the header announces, so that the decoder, which
 * knows no limit, sees harmless files only.
 */
function requireHarmless(bytes: Buffer, file: string): void {
  if (bytes.length < 33) throw unreadable(file)
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const [depth, color] = [bytes[24], bytes[25]]
  requirePixels(file, width, height)
  const wanted = height * (1 + Math.ceil((width * (samples[color] ?? 4) * depth) / 8))
  const packed: Buffer[] = []
  let ended = false
  for (let at = 8; at + 12 <= bytes.length && !ended;) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
      throw unreadable(file)
    const type = bytes.toString('latin1', at + 4, at + 8)
    // Animations and profiles are unpacked by the decoder too, without a limit.
    if (type === 'acTL' || type === 'fdAT') throw unreadable(file)
    if (type === 'IDAT') packed.push(bytes.subarray(at + 8, end - 4))
    ended = type === 'IEND'
    at = end
  }
  try {
    // Adam7 takes a few bytes more than whole rows.
    inflateSync(Buffer.concat(packed), { maxOutputLength: wanted + 15 * height + 1024 })
  } catch (thrown) {
    throw unreadable(file, thrown)
  }
}

/** Leaves out the chunks that a picture does not need: texts, profiles, times. */
function neededChunks(bytes: Buffer): Buffer {
  const parts = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'].includes(type)) parts.push(bytes.subarray(at, end))
    at = end
  }
  return Buffer.concat(parts)
}

type Decoded = ReturnType<typeof decodeFast>

/** One value a sample, `[pixels * channels]`, also where several share a byte. */
function sampleValues({ width, height, channels, depth, data }: Decoded): ArrayLike<number> {
  if (depth >= 8) return data
  const rowBytes = Math.ceil((width * channels * depth) / 8)
  const mask = (1 << depth) - 1
  const values = new Uint8Array(width * height * channels)
  for (let i = 0; i < values.length; i++) {
    const [row, at] = [Math.floor(i / (width * channels)), i % (width * channels)]
    const bit = at * depth
    values[i] = (data[row * rowBytes + (bit >>> 3)] >>> (8 - depth - (bit & 7))) & mask
  }
  return values
}

/** Decodes a PNG file. Throws `picture.unreadable`, `picture.tooLarge`. */
export async function decodePng(content: Uint8Array, file: string): Promise<DecodedPicture> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  requireHarmless(bytes, file)
  const { decode } = await import('fast-png')
  let png: Decoded
  try {
    png = decode(neededChunks(bytes))
  } catch (thrown) {
    throw unreadable(file, thrown)
  }
  const { width, height, channels, depth, palette } = png
  const values = sampleValues(png)
  const size = width * height
  const gray = palette === undefined && channels <= 2
  const pixels = new Uint8Array(gray ? size : 3 * size)
  const scale = depth === 16 ? 1 / 256 : depth < 8 && !palette ? 255 / ((1 << depth) - 1) : 1
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < (gray ? 1 : 3); c++) {
      const value = values[i * channels + (palette ? 0 : c)]
      pixels[c * size + i] = palette ? (palette[value]?.[c] ?? 0) : Math.floor(value * scale)
    }
  }
  return { shape: [gray ? 1 : 3, height, width], pixels }
}
