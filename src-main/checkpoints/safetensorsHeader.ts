import { elementCount } from '../../src-shared/model/layerDefinition.ts'

/** Bytes of one element of every dtype of the format. */
export const dtypeBytes: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  I64: 8,
  U64: 8,
  F64: 8,
}

/** The header may take this many bytes, as in the reference implementation. */
export const largestHeader = 100_000_000

/** Name, type, shape and place of a tensor; offsets count from the end of the header. */
export interface TensorEntry {
  name: string
  dtype: string
  shape: number[]
  begin: number
  end: number
}

export interface SafetensorsHeader {
  metadata: Record<string, string>
  /** In the order of their data. */
  tensors: TensorEntry[]
}

/** What is wrong with a header, as the end of a sentence. */
export class HeaderProblem extends Error {}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function parseMetadata(value: unknown): Record<string, string> {
  if (!isRecord(value)) throw new HeaderProblem('its __metadata__ is not an object')
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw new HeaderProblem(`its metadata "${key}" is not text`)
  }
  return value as Record<string, string>
}

function parseTensor(name: string, value: unknown): TensorEntry {
  const wrong = (what: string) => new HeaderProblem(`tensor "${name}" ${what}`)
  if (!isRecord(value)) throw wrong('is not described by an object')
  const { dtype, shape, data_offsets: offsets } = value
  if (typeof dtype !== 'string' || !Object.hasOwn(dtypeBytes, dtype)) {
    throw wrong(`has the unknown type ${JSON.stringify(dtype) ?? 'none'}`)
  }
  if (!Array.isArray(shape) || shape.length > 32 || !shape.every(isSize)) throw wrong('has no valid shape')
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
    throw wrong('has no valid offsets')
  }
  const [begin, end] = offsets
  const bytes = elementCount(shape) * dtypeBytes[dtype]
  if (end - begin !== bytes) throw wrong(`takes ${end - begin} bytes where its shape needs ${bytes}`)
  return { name, dtype, shape, begin, end }
}

/**
 * Parses a header's text. The tensors must cover the `dataBytes` bytes of data without holes or overlaps, as
 * the format demands. Throws HeaderProblem.
 */
export function parseHeader(text: string, dataBytes: number): SafetensorsHeader {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new HeaderProblem('its header is not JSON')
  }
  if (!isRecord(parsed)) throw new HeaderProblem('its header is not an object')
  let metadata: Record<string, string> = {}
  const tensors: TensorEntry[] = []
  for (const [name, value] of Object.entries(parsed)) {
    if (name === '__metadata__') metadata = parseMetadata(value)
    else tensors.push(parseTensor(name, value))
  }
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let expected = 0
  for (const { name, begin, end } of tensors) {
    if (begin !== expected)
      throw new HeaderProblem(`tensor "${name}" begins at ${begin} where ${expected} was expected`)
    expected = end
  }
  if (expected !== dataBytes) {
    throw new HeaderProblem(`its tensors take ${expected} bytes, but ${dataBytes} bytes follow the header`)
  }
  return { metadata, tensors }
}
