/**
 * The few reads that AEDAT 4 needs of FlatBuffers, each checked against the bytes that are there: a table points
 * back to its list of fields, which says how far behind the table's beginning each field lies.
 */
export class FlatTable {
  readonly #view: DataView
  readonly #at: number

  private constructor(view: DataView, at: number) {
    this.#view = view
    this.#at = at
  }

  /** The root of a buffer that begins with its size and holds `identifier`; null where it is none. */
  static root(bytes: Uint8Array, identifier: string): FlatTable | null {
    if (bytes.length < 16) return null
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const name = String.fromCharCode(...bytes.subarray(8, 12))
    const at = 4 + view.getUint32(4, true)
    return name === identifier && at + 4 <= bytes.length ? new FlatTable(view, at) : null
  }

  /** Where a field lies, `bytes` of it at least; -1 where it is not there or does not fit. */
  #field(index: number, bytes: number): number {
    const { byteLength } = this.#view
    const list = this.#at - this.#view.getInt32(this.#at, true)
    if (list < 0 || list + 4 > byteLength) return -1
    const length = this.#view.getUint16(list, true)
    const entry = 4 + 2 * index
    if (entry + 2 > length || list + entry + 2 > byteLength) return -1
    const offset = this.#view.getUint16(list + entry, true)
    const at = this.#at + offset
    return offset !== 0 && at + bytes <= byteLength ? at : -1
  }

  int32(index: number, otherwise: number): number {
    const at = this.#field(index, 4)
    return at < 0 ? otherwise : this.#view.getInt32(at, true)
  }

  int64(index: number, otherwise: number): number {
    const at = this.#field(index, 8)
    return at < 0 ? otherwise : Number(this.#view.getBigInt64(at, true))
  }

  /** Place and length of a vector whose elements have so many bytes; null where it is not there or does not fit. */
  vector(index: number, elementBytes: number): { at: number; count: number } | null {
    const field = this.#field(index, 4)
    if (field < 0) return null
    const at = field + this.#view.getUint32(field, true)
    if (at + 4 > this.#view.byteLength) return null
    const count = this.#view.getUint32(at, true)
    return at + 4 + count * elementBytes <= this.#view.byteLength ? { at: at + 4, count } : null
  }

  /** A text; empty where there is none. */
  text(index: number): string {
    const found = this.vector(index, 1)
    if (!found) return ''
    const { buffer, byteOffset } = this.#view
    return new TextDecoder().decode(new Uint8Array(buffer, byteOffset + found.at, found.count))
  }
}
