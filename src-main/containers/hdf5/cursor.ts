import { FileProblem } from '../fileProblem.ts'

/** HDF5's address of nothing. */
const undefinedAddress = 0xffffffffffffffffn

/** Reads fields of a block of an HDF5 file one after the other. */
export class Cursor {
  readonly bytes: Uint8Array
  private readonly view: DataView
  at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.at = at
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  take(length: number): Uint8Array {
    if (!(length >= 0) || length > this.left) throw new FileProblem('problem.hdf5')
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  skip(length: number): void {
    this.take(length)
  }

  /** An unsigned number of 1, 2 or 4 bytes. */
  unsigned(length: 1 | 2 | 4): number {
    this.take(length)
    const at = this.at - length
    if (length === 1) return this.view.getUint8(at)
    return length === 2 ? this.view.getUint16(at, true) : this.view.getUint32(at, true)
  }

  /** A length or address of 8 bytes; null where it is undefined. */
  word(): number | null {
    this.take(8)
    const value = this.view.getBigUint64(this.at - 8, true)
    if (value === undefinedAddress) return null
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new FileProblem('problem.hdf5')
    return Number(value)
  }

  /** A length or address that must be there. */
  address(): number {
    const value = this.word()
    if (value === null) throw new FileProblem('problem.hdf5')
    return value
  }

  /** Throws where the next bytes are not this signature. */
  signature(text: string): void {
    if (String.fromCharCode(...this.take(text.length)) !== text) throw new FileProblem('problem.hdf5')
  }
}
