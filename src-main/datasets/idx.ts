import { SpikedeskError, type PhraseCode } from '../../src-shared/errors/index.ts'
import { elementCount, shapeText } from '../../src-shared/model/layerDefinition.ts'
import { readContent, readHead, type FileContent, type FileHead } from './read.ts'
import { describeStranger } from './stranger.ts'

/**
 * IDX, the format of MNIST: two zero bytes, a type byte, the number of dimensions, their sizes as big-endian
 * 32-bit integers, then the values. Source: the MNIST page of Y. LeCun, "the IDX file format".
 */

/** The most bytes that one file may announce: 2 GiB, four times the largest set of the MNIST family. */
export const contentLimit = 2 ** 31

const elementTypes: Record<number, PhraseCode> = {
  0x08: 'bytes.unsigned',
  0x09: 'bytes.signed',
  0x0b: 'bytes.int16',
  0x0c: 'bytes.int32',
  0x0d: 'bytes.float32',
  0x0e: 'bytes.float64',
}

/** The sizes that an IDX header announces. */
export interface IdxHeader {
  head: FileHead
  /** Bytes of the header. */
  length: number
  /** `[count, ...shape of one sample]`. */
  sizes: number[]
}

/** Whether the bytes begin as an IDX file does, whatever it holds. */
export function looksLikeIdx(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 && bytes[2] in elementTypes && bytes[3] >= 1
}

/**
 * Reads and checks the header of an IDX file, plain or gzip.
 * @throws SpikedeskError `dataset.empty`, `dataset.notData`, `dataset.elementType`, `dataset.dimensions`,
 * `dataset.truncated`, `dataset.noSamples`, `dataset.tooLarge`, and those of {@link readHead}
 */
export async function readIdxHeader(path: string): Promise<IdxHeader> {
  const head = await readHead(path)
  const { bytes } = head
  if (bytes.length === 0) throw new SpikedeskError('dataset.empty', { file: path })
  if (!looksLikeIdx(bytes)) {
    throw new SpikedeskError('dataset.notData', { path, found: describeStranger(bytes, head.gzip) })
  }
  if (bytes[2] !== 0x08) {
    throw new SpikedeskError('dataset.elementType', { file: path, found: { phrase: elementTypes[bytes[2]] } })
  }
  const dimensions = bytes[3]
  if (dimensions > 4) throw wrongDimensions(path, dimensions, 'dimensions.either')
  const length = 4 + 4 * dimensions
  if (bytes.length < length) {
    throw new SpikedeskError('dataset.truncated', { file: path, found: bytes.length, announced: length })
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i))
  const shape = shapeText(sizes)
  if (sizes.includes(0)) throw new SpikedeskError('dataset.noSamples', { file: path, shape })
  if (elementCount(sizes) + length > contentLimit) {
    throw new SpikedeskError('dataset.tooLarge', { file: path, shape, limit: contentLimit })
  }
  return { head, length, sizes }
}

/**
 * Reads the values behind a header: `sizes[0]` samples, row-major, one byte a value.
 * @throws SpikedeskError `dataset.truncated`, `dataset.tooLong`, `dataset.damaged`, `dataset.unreadable`
 */
export function readIdxContent(header: IdxHeader): Promise<FileContent> {
  return readContent(header.head, header.length, elementCount(header.sizes))
}

/** Shape `[C,H,W]` of one image. Throws `dataset.dimensions` where the file holds no images. */
export function imageShape(header: IdxHeader): number[] {
  const [, ...shape] = header.sizes
  if (shape.length === 2) return [1, ...shape]
  if (shape.length === 3) return shape
  throw wrongDimensions(header.head.path, header.sizes.length, 'dimensions.images')
}

/** Number of labels. Throws `dataset.dimensions` where the file holds no labels. */
export function labelCount(header: IdxHeader): number {
  if (header.sizes.length === 1) return header.sizes[0]
  throw wrongDimensions(header.head.path, header.sizes.length, 'dimensions.labels')
}

function wrongDimensions(file: string, found: number, wanted: PhraseCode): SpikedeskError {
  return new SpikedeskError('dataset.dimensions', { file, found, wanted: { phrase: wanted } })
}
