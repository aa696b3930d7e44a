import type { FileBytes } from '../fileBytes.ts'
import { FileProblem } from '../fileProblem.ts'
import { Cursor } from './cursor.ts'

/** How HDF5 files begin, as far as h5py writes them with its defaults. Source: HDF5 File Format Specification 3.0. */

const signature = '\x89HDF\r\n\x1a\n'

export function isHdf5(file: FileBytes): boolean {
  return file.size >= 64 && String.fromCharCode(...file.read(0, 8)) === signature
}

/** Address of the root group. Throws FileProblem. */
export function rootAddress(file: FileBytes): number {
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
