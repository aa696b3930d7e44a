import type { FileBytes } from '../../containers/fileBytes.ts'
import { isHdf5 } from '../../containers/hdf5/superblock.ts'
import { isNumpy } from '../../containers/numpyHeader.ts'
import { readHdf5 } from './formats/hdf5.ts'
import { isNumpyArchive, readNumpy, readNumpyArchive } from './formats/numpy.ts'
import { isSafetensors, readSafetensorsFile } from './formats/safetensorsFile.ts'
import { readTorch, torchFolder } from './formats/torch.ts'
import { isTorchLegacy, readTorchLegacy } from './formats/torchLegacy.ts'
import type { ReadFile } from './openedFile.ts'
import { openZip } from '../../containers/zip/zipArchive.ts'

/** A format of files: whether a file is one, and the tree that it makes of it. Both may throw FileProblem. */
export interface FileFormat {
  /** What a sentence calls it. */
  label: string
  matches(file: FileBytes): boolean
  /** Null where it turns out to be another file of the same container. */
  read(file: FileBytes): ReadFile | null
}

function isZip(file: FileBytes): boolean {
  return file.size >= 22 && new DataView(file.read(0, 4).buffer).getUint32(0, true) === 0x04034b50
}

/** The table of formats, in the order in which they are tried. */
export const fileFormats: readonly FileFormat[] = [
  {
    label: 'torch (.pth, .pt) / NumPy (.npz)',
    matches: isZip,
    read(file) {
      const zip = openZip(file)
      const folder = torchFolder(zip)
      if (folder !== null) return readTorch(file, zip, folder)
      return isNumpyArchive(zip) ? readNumpyArchive(file, zip) : null
    },
  },
  { label: 'torch before 1.6', matches: isTorchLegacy, read: readTorchLegacy },
  { label: 'HDF5 (.nir, .h5)', matches: isHdf5, read: readHdf5 },
  { label: 'NumPy (.npy)', matches: isNumpy, read: readNumpy },
  { label: 'safetensors', matches: isSafetensors, read: readSafetensorsFile },
]
