import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { DecodedPicture } from '../importing/source.ts'
import { pixelLimit, requirePixels } from './pixelLimit.ts'

/** JPEG pictures, as gray or as red, green and blue. */
const memoryMiB = 512

export function looksLikeJpeg(bytes: Uint8Array): boolean {
  return bytes.length >= 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
}

function unreadable(file: string, cause?: unknown): SpikedeskError {
  return new SpikedeskError('picture.unreadable', { file, detail: { phrase: 'detail.jpeg' } }, cause)
}

interface Frame {
  width: number
  height: number
  components: number
}

/** The header of the picture's frame (markers 0xC0 to 0xCF but for tables); null where there is none. */
function frameOf(bytes: Buffer): Frame | null {
  for (let at = 2; at + 10 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1]
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return {
        height: bytes.readUInt16BE(at + 5),
        width: bytes.readUInt16BE(at + 7),
        components: bytes[at + 9],
      }
    }
    const alone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    at += alone ? 2 : 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

/** Decodes a JPEG file. Throws `picture.unreadable`, `picture.tooLarge`. */
export async function decodeJpeg(content: Uint8Array, file: string): Promise<DecodedPicture> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const frame = frameOf(bytes)
  if (!frame) throw unreadable(file)
  requirePixels(file, frame.width, frame.height)
  const { default: jpeg } = await import('jpeg-js')
  let picture: { width: number; height: number; data: Uint8Array }
  try {
    picture = jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: pixelLimit / 1e6,
      maxMemoryUsageInMB: memoryMiB,
    })
  } catch (thrown) {
    throw unreadable(file, thrown)
  }
  const { data, width, height } = picture
  const size = width * height
  if (data.length !== 3 * size) throw unreadable(file)
  const channels = frame.components === 1 ? 1 : 3
  const pixels = new Uint8Array(channels * size)
  for (let i = 0; i < size; i++) for (let c = 0; c < channels; c++) pixels[c * size + i] = data[3 * i + c]
  return { shape: [channels, height, width], pixels }
}
