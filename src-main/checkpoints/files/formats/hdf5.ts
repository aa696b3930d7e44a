import type { FileBytes } from '../fileBytes.ts'
import { FileProblem, shown } from '../fileProblem.ts'
import { Cursor } from '../hdf5/cursor.ts'
import { datasetNode } from '../hdf5/dataset.ts'
import { groupMembers } from '../hdf5/groups.ts'
import { readObjectHeader } from '../hdf5/objectHeader.ts'
import { dictOf, type FileNode, type ReadFile } from '../openedFile.ts'

/** HDF5, as far as h5py writes it with its defaults. Source: HDF5 File Format Specification 3.0. */

const signature = '\x89HDF\r\n\x1a\n'
const deepest = 32
const mostObjects = 100_000

export function isHdf5(file: FileBytes): boolean {
  return file.size >= 64 && String.fromCharCode(...file.read(0, 8)) === signature
}

/** Address of the root group. */
function rootAddress(file: FileBytes): number {
  const cursor = new Cursor(file.read(0, Math.min(file.size, 128)), 8)
  const version = cursor.unsigned(1)
  if (version > 3) throw new FileProblem('problem.hdf5Feature', { feature: `superblock ${version}` })
  const old = version < 2
  cursor.at = old ? 13 : 9
  if (cursor.unsigned(1) !== 8 || cursor.unsigned(1) !== 8) {
    throw new FileProblem('problem.hdf5Feature', { feature: 'sizes of addresses' })
  }
  cursor.at = version === 0 ? 24 : version === 1 ? 28 : 12
  if (cursor.address() !== 0) throw new FileProblem('problem.hdf5Feature', { feature: 'base address' })
  cursor.at = version === 0 ? 64 : version === 1 ? 68 : 36
  return cursor.address()
}

/** Reads an HDF5 file into a tree; links to elsewhere are named and never followed. */
export function readHdf5(file: FileBytes): ReadFile {
  let objects = 0
  const node = (address: number, above: readonly number[]): FileNode => {
    if (above.includes(address) || above.length > deepest)
      throw new FileProblem('problem.nested', { limit: deepest })
    if (++objects > mostObjects) throw new FileProblem('problem.manyValues', { limit: mostObjects })
    const messages = readObjectHeader(file, address)
    const members = groupMembers(file, messages)
    if (!members) return datasetNode(file, messages) ?? { kind: 'object', className: 'HDF5', state: null }
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
