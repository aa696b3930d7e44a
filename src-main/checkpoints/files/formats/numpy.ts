import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import { findNumpyDtype, swapBytes } from '../dtypes.ts'
import { bytesOf, type FileBytes } from '../fileBytes.ts'
import { FileProblem, shown } from '../fileProblem.ts'
import { dictOf, type FileNode, type ReadFile, type TensorNode } from '../openedFile.ts'
import { columnStrides } from '../pickle/numpyCallables.ts'
import { toRowMajor } from '../strides.ts'
import type { ZipArchive } from '../zip/zipArchive.ts'
import type { ZipEntry } from '../zip/zipDirectory.ts'

/** NumPy's array files. Source: numpy, `numpy.lib.format`. */

const magic = '\x93NUMPY'
const longestHeader = 65536

export function isNumpy(file: FileBytes): boolean {
  return file.size >= 10 && String.fromCharCode(...file.read(0, 6)) === magic
}

interface NumpyHeader {
  dtype: NonNullable<ReturnType<typeof findNumpyDtype>>
  bigEndian: boolean
  columns: boolean
  shape: number[]
  dataStart: number
}

/** The header is a Python dict of three keys; nothing of it is evaluated. */
function parseHeader(text: string): Omit<NumpyHeader, 'dataStart'> {
  const descr = /'descr':\s*'([<>|=]?)(\w{1,8})'/.exec(text)
  const order = /'fortran_order':\s*(True|False)/.exec(text)
  const sizes = /'shape':\s*\(([\d,\sL]{0,1000})\)/.exec(text)
  if (!descr || !order || !sizes) throw new FileProblem('problem.numpyHeader', { found: shown(text.trim()) })
  const dtype = findNumpyDtype(descr[2])
  if (!dtype) throw new FileProblem('problem.dtype', { dtype: shown(descr[2]) })
  const shape = (sizes[1].match(/\d+/g) ?? []).map(Number)
  if (shape.length > 64) throw new FileProblem('problem.numpyHeader', { found: shown(text.trim()) })
  return { dtype, bigEndian: descr[1] === '>', columns: order[1] === 'True', shape }
}

function readHeader(file: FileBytes): NumpyHeader {
  if (!isNumpy(file)) throw new FileProblem('problem.numpyHeader', { found: '' })
  const version = file.read(6, 1)[0]
  const wide = version >= 2
  const view = new DataView(file.read(8, wide ? 4 : 2).buffer)
  const length = wide ? view.getUint32(0, true) : view.getUint16(0, true)
  if (length > longestHeader) throw new FileProblem('problem.headerLong', { length, size: file.size })
  const begin = wide ? 12 : 10
  const text = new TextDecoder('latin1').decode(file.read(begin, length))
  return { ...parseHeader(text), dataStart: begin + length }
}

/** An array of a file; `content` gives the whole file where it is not read in place. */
function arrayNode(file: FileBytes, size: number, content: () => FileBytes): TensorNode {
  const { dtype, bigEndian, columns, shape, dataStart } = readHeader(file)
  const length = elementCount(shape) * dtype.bytes
  if (dataStart + length !== size)
    throw new FileProblem('problem.numpySize', { shape: shape.join('×'), size })
  return {
    kind: 'tensor',
    dtype,
    shape,
    device: '',
    read() {
      const bytes = content().read(dataStart, length)
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

/** A stored entry as a file of its own. */
function part(file: FileBytes, start: number, size: number): FileBytes {
  return {
    size,
    read(position, length) {
      if (!(position >= 0 && position + length <= size))
        throw new FileProblem('problem.ends', { at: position, length, size })
      return file.read(start + position, length)
    },
    close: () => undefined,
  }
}

function entryNode(file: FileBytes, zip: ZipArchive, entry: ZipEntry): TensorNode {
  if (entry.method === 0) {
    const inner = part(file, zip.start(entry), entry.size)
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
