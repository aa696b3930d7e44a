import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { reasonOf, systemCode } from '../../src-shared/errors/reason.ts'
import { writeFileAtomically } from './atomicFile.ts'
import {
  dtypeBytes,
  HeaderProblem,
  largestHeader,
  parseHeader,
  type SafetensorsHeader,
} from './safetensorsHeader.ts'

/**
 * The safetensors format: the header's length as u64 little-endian, the header as JSON, the tensors row-major
 * and little-endian. Source: huggingface/safetensors, README "Format".
 */

/** A tensor with its bytes. */
export interface Tensor {
  name: string
  dtype: string
  shape: number[]
  bytes: Uint8Array
}

export interface TensorFile {
  metadata: Record<string, string>
  tensors: Tensor[]
}

/** One read call takes at most 2 GiB - 1. */
const largestRead = 1 << 30
const alignment = 8

/**
 * The bytes of a file before its tensors. The header is padded with spaces, so that the data begins at a
 * multiple of 8. Throws a RangeError where a tensor's bytes do not match its shape: a fault of the caller.
 */
export function encodeHeader(file: TensorFile): Uint8Array {
  const header: Record<string, unknown> = Object.create(null)
  header.__metadata__ = file.metadata
  let begin = 0
  for (const { name, dtype, shape, bytes } of file.tensors) {
    const wanted = shape.reduce((product, size) => product * size, dtypeBytes[dtype])
    if (bytes.length !== wanted || name === '__metadata__' || Object.hasOwn(header, name)) {
      throw new RangeError(`Tensor ${name} has ${bytes.length} bytes, not ${wanted}, or its name is taken`)
    }
    header[name] = { dtype, shape, data_offsets: [begin, begin + bytes.length] }
    begin += bytes.length
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const length = Math.ceil(text.length / alignment) * alignment
  const encoded = new Uint8Array(8 + length).fill(0x20, 8)
  new DataView(encoded.buffer).setBigUint64(0, BigInt(length), true)
  encoded.set(text, 8)
  return encoded
}

/** Writes a safetensors file atomically, the tensors in the order given. Throws `checkpoint.unwritable`. */
export function writeSafetensors(path: string, file: TensorFile): void {
  writeFileAtomically(path, [encodeHeader(file), ...file.tensors.map((tensor) => tensor.bytes)])
}

function readExactly(file: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length;) {
    const count = readSync(file, bytes, at, Math.min(length - at, largestRead), position + at)
    if (count === 0) throw new HeaderProblem(`it ends at byte ${position + at}`)
    at += count
  }
  return bytes
}

function readHeaderOf(file: number): { header: SafetensorsHeader; dataStart: number } {
  const { size } = fstatSync(file)
  if (size < 10) throw new HeaderProblem(`it has ${size} bytes, too few for a header`)
  const prefix = readExactly(file, 0, 8)
  const length = new DataView(prefix.buffer).getBigUint64(0, true)
  if (length > BigInt(largestHeader)) throw new HeaderProblem(`its header claims ${length} bytes`)
  const dataStart = 8 + Number(length)
  if (dataStart > size) {
    throw new HeaderProblem(`its header claims ${length} bytes, but the file has ${size}`)
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readExactly(file, 8, Number(length)))
  } catch (thrown) {
    if (thrown instanceof HeaderProblem) throw thrown
    throw new HeaderProblem('its header is not UTF-8 text')
  }
  return { header: parseHeader(text, size - dataStart), dataStart }
}

function reading<Result>(path: string, read: (file: number) => Result): Result {
  let file: number | null = null
  try {
    file = openSync(path, 'r')
    return read(file)
  } catch (thrown) {
    if (thrown instanceof HeaderProblem) {
      throw new SpikedeskError('safetensors.invalid', { path, detail: thrown.message }, thrown)
    }
    if (systemCode(thrown) === 'ENOENT') throw new SpikedeskError('checkpoint.notFound', { path }, thrown)
    throw new SpikedeskError('checkpoint.unreadable', { path, reason: reasonOf(thrown) }, thrown)
  } finally {
    if (file !== null) closeSync(file)
  }
}

/**
 * Reads a safetensors file whole. Throws `checkpoint.notFound`, `checkpoint.unreadable` or
 * `safetensors.invalid`; nothing is allocated that the file's own size does not cover.
 */
export function readSafetensors(path: string): TensorFile {
  return reading(path, (file) => {
    const { header, dataStart } = readHeaderOf(file)
    const tensors = header.tensors.map(({ name, dtype, shape, begin, end }) => {
      return { name, dtype, shape, bytes: readExactly(file, dataStart + begin, end - begin) }
    })
    return { metadata: header.metadata, tensors }
  })
}
