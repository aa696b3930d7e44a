import type { FileBytes } from '../fileBytes.ts'
import { FileProblem } from '../fileProblem.ts'
import { Cursor } from './cursor.ts'

/**
 * Collections of objects of any length: texts, and lists of numbers. Source: HDF5 File Format Specification 3.0,
 * III.E.
 */

const headBytes = 16
const objectHeadBytes = 16
/** No file has its collections lie on each other; one that does is not looked at for ever. */
const mostRead = (file: FileBytes): number => 2 * file.size + 2 ** 20

interface Place {
  at: number
  length: number
}

/** The objects of a file by collection and index; a collection is gone through once. */
export class GlobalHeap {
  readonly #file: FileBytes
  readonly #collections = new Map<number, Map<number, Place>>()
  #read = 0

  constructor(file: FileBytes) {
    this.#file = file
  }

  /** A copy of an object. Throws FileProblem where there is none. */
  object(collection: number, index: number): Uint8Array {
    let places = this.#collections.get(collection)
    if (!places) {
      places = this.#places(collection)
      this.#collections.set(collection, places)
    }
    const place = places.get(index)
    if (!place) throw new FileProblem('problem.hdf5')
    return this.#file.read(place.at, place.length)
  }

  #places(address: number): Map<number, Place> {
    const head = new Cursor(this.#file.read(address, headBytes))
    head.signature('GCOL')
    head.skip(4)
    const size = head.address()
    this.#read += size
    if (size < headBytes || this.#read > mostRead(this.#file)) throw new FileProblem('problem.hdf5')
    const places = new Map<number, Place>()
    const bytes = this.#file.read(address, size)
    const cursor = new Cursor(bytes, headBytes)
    while (cursor.left >= objectHeadBytes) {
      const index = cursor.unsigned(2)
      cursor.skip(6)
      const length = cursor.address()
      if (index === 0) break
      places.set(index, { at: address + cursor.at, length })
      const padded = Math.ceil(length / 8) * 8
      cursor.skip(Math.min(padded, cursor.left))
    }
    return places
  }
}
