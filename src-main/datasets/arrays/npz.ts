import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { bytesOf } from '../../containers/fileBytes.ts'
import { openZip } from '../../containers/zip/zipArchive.ts'
import { archiveError, requireHarmless } from '../trees/archiveErrors.ts'
import { readNpy, type NpyArray } from './npy.ts'

/** An `.npz` file: a zip archive with an array in each of its files, e.g. `t.npy`. */
const mostArrays = 1000

/** Whether the bytes begin as a zip archive does. */
export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
}

/** The arrays of an `.npz` file, each read when it is asked for. */
export interface NpzArchive {
  names: string[]
  /** Throws `array.missing`, `array.damaged`, `array.type` and `archive.` codes. */
  array(name: string): NpyArray
}

/** Lists the arrays in the bytes of a whole file. Throws `archive.` codes. */
export function readNpz(content: Uint8Array, file: string): NpzArchive {
  const attempt = <Result>(work: () => Result, name?: string): Result => {
    try {
      return work()
    } catch (thrown) {
      throw archiveError(file, thrown, name)
    }
  }
  const archive = attempt(() => openZip(bytesOf(content), mostArrays))
  const entries = new Map(
    [...archive.entries.values()].map((entry) => {
      requireHarmless(file, entry.name, entry.packedSize, entry.size)
      return [entry.name.replace(/\.npy$/, ''), entry] as const
    }),
  )
  return {
    names: [...entries.keys()],
    array(name) {
      const entry = entries.get(name)
      if (!entry) {
        const holds = [...entries.keys()].slice(0, 8).join(', ')
        throw new SpikedeskError('array.missing', { file, wanted: name, holds })
      }
      return readNpy(
        attempt(() => archive.content(entry, true), name),
        `${file}: ${name}`,
      )
    },
  }
}
