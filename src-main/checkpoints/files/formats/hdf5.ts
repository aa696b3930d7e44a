import type { FileBytes } from '../../../containers/fileBytes.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import { readDataset, type Hdf5Dataset } from '../../../containers/hdf5/dataset.ts'
import { GlobalHeap } from '../../../containers/hdf5/globalHeap.ts'
import { groupMembers } from '../../../containers/hdf5/groups.ts'
import { readObjectHeader } from '../../../containers/hdf5/objectHeader.ts'
import { rootAddress } from '../../../containers/hdf5/superblock.ts'
import { dictOf, none, textNode, type FileNode, type ReadFile } from '../openedFile.ts'

const deepest = 32
const mostObjects = 100_000
/** Text is read when the file is opened, so there is a limit to it. */
const mostTexts = 100_000

/** Values in rows and columns as lists of lists. */
function nested(values: readonly FileNode[], shape: readonly number[]): FileNode {
  if (shape.length === 0) return values[0] ?? none
  const [size, ...rest] = shape
  const step = rest.reduce((product, length) => product * length, 1)
  const items = Array.from({ length: size }, (_, i) => nested(values.slice(i * step, (i + 1) * step), rest))
  return { kind: 'list', type: 'list', items }
}

function datasetNode({ shape, count, type, bytes, texts }: Hdf5Dataset): FileNode {
  if (!shape) return none
  switch (type.kind) {
    case 'number':
      return { kind: 'tensor', dtype: type.dtype, shape, device: '', read: bytes }
    case 'text':
    case 'heapText':
      if (count > mostTexts || shape.length > 4)
        throw new FileProblem('problem.manyValues', { limit: mostTexts })
      return nested(texts().map(textNode), shape)
    case 'list':
      return { kind: 'object', className: `HDF5 list of ${type.of.dtype.name}`, state: null }
    case 'other':
      return { kind: 'object', className: `HDF5 ${type.name}`, state: null }
  }
}

/** Reads an HDF5 file into a tree; links to elsewhere are named and never followed. */
export function readHdf5(file: FileBytes): ReadFile {
  let objects = 0
  const heap = new GlobalHeap(file)
  const node = (address: number, above: readonly number[]): FileNode => {
    if (above.includes(address) || above.length > deepest)
      throw new FileProblem('problem.nested', { limit: deepest })
    if (++objects > mostObjects) throw new FileProblem('problem.manyValues', { limit: mostObjects })
    const messages = readObjectHeader(file, address)
    const members = groupMembers(file, messages)
    if (!members) {
      const dataset = readDataset(file, messages, heap)
      return dataset ? datasetNode(dataset) : { kind: 'object', className: 'HDF5', state: null }
    }
    const entries = members.map(([name, child]): [string, FileNode] => [
      name,
      child === null
        ? { kind: 'object', className: `link ${shown(name)}`, state: null }
        : node(child, [...above, address]),
    ])
    return dictOf(entries)
  }
  const root = node(rootAddress(file), [])
  const nir = root.kind === 'dict' && root.entries.has('version') && root.entries.has('node')
  return { format: nir ? 'nir' : 'hdf5', root, notes: [] }
}
