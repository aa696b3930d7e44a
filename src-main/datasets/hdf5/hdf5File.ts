import { open } from 'node:fs/promises'
import type { Dataset, File as Hdf5, Group } from 'h5wasm/node'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { unreadable } from '../location.ts'
import { loadHdf5 } from './hdf5Library.ts'

const magic = '89484446 0d0a1a0a'.replace(' ', '')

/** Whether a file begins as HDF5 does; false where it cannot be read. */
export async function looksLikeHdf5(path: string): Promise<boolean> {
  try {
    const handle = await open(path, 'r')
    try {
      const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0)
      return buffer.toString('hex') === magic
    } finally {
      await handle.close()
    }
  } catch {
    return false
  }
}

/** The words of a library's error, without addresses that differ from run to run. */
function reason(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return message.split('\n')[0].slice(0, 120) || 'unknown'
}

/** An open HDF5 file. Its library knows no limits, so whatever it throws becomes `hdf.damaged`. */
export class Hdf5File {
  readonly path: string
  readonly #file: Hdf5

  private constructor(path: string, file: Hdf5) {
    this.path = path
    this.#file = file
  }

  /** Throws `hdf.damaged`, `dataset.unreadable`. The library is loaded with the first file. */
  static async open(path: string): Promise<Hdf5File> {
    await (await open(path, 'r').catch((thrown: unknown) => Promise.reject(unreadable(path, thrown)))).close()
    const library = await loadHdf5()
    const file = Hdf5File.#guard(path, () => new library.File(path, 'r'))
    // The library gives a file with a negative number where it cannot open it.
    if (file.file_id >= 0n) return new Hdf5File(path, file)
    throw new SpikedeskError('hdf.damaged', { file: path, detail: { phrase: 'detail.headerValues' } })
  }

  static #guard<Result>(path: string, work: () => Result): Result {
    try {
      return work()
    } catch (thrown) {
      if (thrown instanceof SpikedeskError) throw thrown
      throw new SpikedeskError('hdf.damaged', { file: path, detail: reason(thrown) }, thrown)
    }
  }

  /** Does something with the file; what the library throws becomes `hdf.damaged`. */
  guard<Result>(work: () => Result): Result {
    return Hdf5File.#guard(this.path, work)
  }

  /** A dataset by its path; null where there is none. */
  find(name: string): Dataset | null {
    return this.guard(() => {
      const found = this.#file.get(name) as Dataset | Group | null
      return found && 'shape' in found && found.type === 'Dataset' ? found : null
    })
  }

  /** Throws `hdf.missing` where there is no such dataset. */
  dataset(name: string): Dataset {
    const found = this.find(name)
    if (found) return found
    throw new SpikedeskError('hdf.missing', { file: this.path, missing: name })
  }

  close(): void {
    this.guard(() => this.#file.close())
  }
}
