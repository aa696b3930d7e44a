import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { SpikedeskError } from '../../../../src-shared/errors/index.ts'
import { writingReasonOf } from '../../../../src-shared/errors/reason.ts'
import { writeFileAtomically } from '../../atomicFile.ts'
import type { DictNode, FileNode, ListNode, TensorNode } from '../../files/openedFile.ts'
import { loadHdf5 } from './hdf5Library.ts'

/** Writes trees as HDF5 by the library itself. */

const codes: Readonly<Record<string, string>> = {
  float32: '<f',
  float64: '<d',
  int64: '<q',
  int32: '<i',
  int16: '<h',
  int8: '<b',
  uint8: '<B',
  bool: '<b',
}

type Elements = Float32Array | Float64Array | BigInt64Array | Int32Array | Int16Array | Int8Array | Uint8Array

function elements({ dtype, read }: TensorNode): Elements {
  const { buffer } = read().slice()
  switch (dtype.name) {
    case 'float32':
      return new Float32Array(buffer)
    case 'float64':
      return new Float64Array(buffer)
    case 'int64':
      return new BigInt64Array(buffer)
    case 'int32':
      return new Int32Array(buffer)
    case 'int16':
      return new Int16Array(buffer)
    case 'uint8':
      return new Uint8Array(buffer)
    default:
      return new Int8Array(buffer)
  }
}

/** The part of h5wasm's groups that is used here. */
interface Group {
  create_group(name: string): Group
  create_dataset(options: {
    name: string
    data: string | string[] | Elements
    shape?: number[]
    dtype?: string
  }): unknown
}

function textsOf({ items }: ListNode): { texts: string[]; shape: number[] } {
  if (items[0]?.kind !== 'list') {
    return {
      texts: items.map((item) => (item.kind === 'scalar' ? String(item.value) : '')),
      shape: [items.length],
    }
  }
  const rows = items.map((item) => (item.kind === 'list' ? textsOf(item) : { texts: [], shape: [0] }))
  return { texts: rows.flatMap(({ texts }) => texts), shape: [items.length, ...rows[0].shape] }
}

function write(group: Group, name: string, node: FileNode): void {
  if (node.kind === 'dict') {
    const inner = group.create_group(name)
    for (const [key, child] of node.entries) write(inner, key, child)
  } else if (node.kind === 'tensor') {
    const dtype = codes[node.dtype.name]
    if (!dtype) throw new RangeError(`no HDF5 type for ${node.dtype.name}`)
    group.create_dataset({ name, data: elements(node), shape: node.shape, dtype })
  } else if (node.kind === 'list') {
    const { texts, shape } = textsOf(node)
    if (texts.length > 0) group.create_dataset({ name, data: texts, shape, dtype: 'S' })
  } else if (node.kind === 'scalar') group.create_dataset({ name, data: String(node.value) })
}

/** Begins the draft; throws `checkpoint.unwritable` of the file itself where that cannot be. */
function requireWritable(path: string, draft: string): void {
  try {
    writeFileSync(draft, '')
  } catch (thrown) {
    throw new SpikedeskError('checkpoint.unwritable', { path, reason: writingReasonOf(thrown) }, thrown)
  }
}

/** Writes a tree of groups, arrays and text atomically. Throws `checkpoint.unwritable`. */
export async function writeHdf5(path: string, root: DictNode): Promise<void> {
  const hdf5 = await loadHdf5()
  // The library writes in place; what is whole is then put into its place in one go.
  const draft = `${path}.draft`
  requireWritable(path, draft)
  try {
    const file = new hdf5.File(draft, 'w')
    try {
      for (const [name, node] of root.entries) write(file as unknown as Group, name, node)
    } finally {
      file.close()
    }
    writeFileAtomically(path, [readFileSync(draft)])
  } finally {
    rmSync(draft, { force: true })
  }
}
