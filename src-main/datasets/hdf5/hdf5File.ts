import { closeSync, fstatSync, openSync } from 'node:fs'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { bytesOfFile, type FileBytes } from '../../containers/fileBytes.ts'
import { FileProblem } from '../../containers/fileProblem.ts'
import { readDataset, type Hdf5Dataset } from '../../containers/hdf5/dataset.ts'
import { GlobalHeap } from '../../containers/hdf5/globalHeap.ts'
import { groupMembers } from '../../containers/hdf5/groups.ts'
import { readObjectHeader } from '../../containers/hdf5/objectHeader.ts'
import { isHdf5, rootAddress } from '../../containers/hdf5/superblock.ts'
import { unreadable } from '../location.ts'

function openBytes(path: string): FileBytes {
  try {
    const file = openSync(path, 'r')
    return bytesOfFile(file, fstatSync(file).size, () => closeSync(file))
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
}

/** Whether a file begins as HDF5 does; false where it cannot be read. */
export function looksLikeHdf5(path: string): boolean {
  let file: FileBytes | null = null
  try {
    file = openBytes(path)
    return isHdf5(file)
  } catch {
    return false
  } finally {
    file?.close()
  }
}

/** An open HDF5 file whose datasets are found by their paths. */
export class Hdf5File {
  readonly path: string
  readonly #bytes: FileBytes
  readonly #heap: GlobalHeap

  /** Throws `dataset.unreadable`, `dataset.notFound`. */
  constructor(path: string) {
    this.path = path
    this.#bytes = openBytes(path)
    this.#heap = new GlobalHeap(this.#bytes)
  }

  /** Does something with the file; what is wrong with its bytes becomes `hdf.damaged`. */
  guard<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (thrown) {
      if (!(thrown instanceof FileProblem)) throw unreadable(this.path, thrown)
      throw new SpikedeskError('hdf.damaged', { file: this.path, detail: thrown.phrase }, thrown)
    }
  }

  /** A dataset by its path; null where there is none. Throws `hdf.damaged`. */
  find(name: string): Hdf5Dataset | null {
    return this.guard(() => {
      let messages = readObjectHeader(this.#bytes, rootAddress(this.#bytes))
      for (const part of name.split('/')) {
        const members = groupMembers(this.#bytes, messages) ?? []
        const address = members.find(([member]) => member === part)?.[1]
        if (address === undefined || address === null) return null
        messages = readObjectHeader(this.#bytes, address)
      }
      return readDataset(this.#bytes, messages, this.#heap)
    })
  }

  /** Throws `hdf.missing` where there is no such dataset. */
  dataset(name: string): Hdf5Dataset {
    const found = this.find(name)
    if (found) return found
    throw new SpikedeskError('hdf.missing', { file: this.path, missing: name })
  }

  close(): void {
    this.#bytes.close()
  }
}
