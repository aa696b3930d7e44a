import { swapBytes } from '../../../containers/dtypes.ts'
import { bytesOf, partOf, type FileBytes } from '../../../containers/fileBytes.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import { readNumpyHeader } from '../../../containers/numpyHeader.ts'
import type { ZipArchive } from '../../../containers/zip/zipArchive.ts'
import type { ZipEntry } from '../../../containers/zip/zipDirectory.ts'
import { dictOf, type FileNode, type ReadFile, type TensorNode } from '../openedFile.ts'
import { columnStrides } from '../pickle/numpyCallables.ts'
import { toRowMajor } from '../strides.ts'

/** An array of a file; `content` gives the whole file where it is not read in place. */
function arrayNode(file: FileBytes, size: number, content: () => FileBytes): TensorNode {
  const { fields, columns, shape, start, length } = readNumpyHeader(file)
  if (fields.length > 1 || fields[0].name !== '') {
    const types = fields.map(({ name, dtype }) => `${name} ${dtype.name}`).join(', ')
    throw new FileProblem('problem.dtype', { dtype: shown(types) })
  }
  const [{ dtype, bigEndian }] = fields
  if (start + length !== size) throw new FileProblem('problem.numpySize', { shape: shape.join('×'), size })
  return {
    kind: 'tensor',
    dtype,
    shape,
    device: '',
    read() {
      const bytes = content().read(start, length)
      const rows = columns ? toRowMajor(bytes, shape, columnStrides(shape), dtype.bytes) : bytes
      return bigEndian ? swapBytes(rows, dtype.word) : rows
    },
  }
}

export function readNumpy(file: FileBytes): ReadFile {
  return { format: 'npy', root: arrayNode(file, file.size, () => file), notes: [] }
}

export function isNumpyArchive(zip: ZipArchive): boolean {
  return zip.entries.size > 0 && [...zip.entries.keys()].every((name) => name.endsWith('.npy'))
}

function entryNode(file: FileBytes, zip: ZipArchive, entry: ZipEntry): TensorNode {
  if (entry.method === 0) {
    const inner = partOf(file, zip.start(entry), entry.size)
    return arrayNode(inner, entry.size, () => inner)
  }
  return arrayNode(bytesOf(zip.content(entry, true)), entry.size, () => bytesOf(zip.content(entry, true)))
}

/** `numpy.savez`: one array a name. Packed arrays are unpacked once for their header, and again to be read. */
export function readNumpyArchive(file: FileBytes, zip: ZipArchive): ReadFile {
  const entries = [...zip.entries.values()].map((entry): [string, FileNode] => [
    entry.name.slice(0, -'.npy'.length),
    entryNode(file, zip, entry),
  ])
  return { format: 'npz', root: dictOf(entries), notes: [] }
}
