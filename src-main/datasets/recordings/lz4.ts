/**
 * LZ4 frames (specification 1.6 of the frame format): blocks of literals and copies of what came before. Checksums
 * are passed over; every length and distance is checked against what is there.
 */
const magic = 0x184d2204
const storedBlock = 0x80000000

class Output {
  readonly #limit: number
  #room: Uint8Array<ArrayBuffer>
  #used = 0

  constructor(limit: number) {
    this.#limit = limit
    this.#room = new Uint8Array(Math.min(limit, 65536))
  }

  /** False where there would be more than the limit. */
  #reserve(length: number): boolean {
    const needed = this.#used + length
    if (needed > this.#limit) return false
    if (needed <= this.#room.length) return true
    const larger = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#room.length * 2)))
    larger.set(this.#room.subarray(0, this.#used))
    this.#room = larger
    return true
  }

  append(bytes: Uint8Array): boolean {
    if (!this.#reserve(bytes.length)) return false
    this.#room.set(bytes, this.#used)
    this.#used += bytes.length
    return true
  }

  /** Copies from `distance` bytes back; what is copied may be what has just been written. */
  repeat(distance: number, length: number): boolean {
    if (distance === 0 || distance > this.#used || !this.#reserve(length)) return false
    for (let i = 0; i < length; i++, this.#used++) this.#room[this.#used] = this.#room[this.#used - distance]
    return true
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#room.subarray(0, this.#used)
  }
}

/** Unpacks one block; false where it is damaged. */
function unpackBlock(block: Uint8Array, output: Output): boolean {
  let at = 0
  const extend = (length: number): number => {
    let sum = length
    for (let more = length === 15 ? 255 : 0; more === 255; sum += more) {
      if (at >= block.length) return -1
      more = block[at++]
    }
    return sum
  }
  while (at < block.length) {
    const token = block[at++]
    const literals = extend(token >>> 4)
    if (literals < 0 || at + literals > block.length) return false
    if (!output.append(block.subarray(at, at + literals))) return false
    at += literals
    // The last sequence of a block has literals only.
    if (at === block.length) return true
    if (at + 2 > block.length) return false
    const distance = block[at] | (block[at + 1] << 8)
    at += 2
    const length = extend(token & 15)
    if (length < 0 || !output.repeat(distance, length + 4)) return false
  }
  return true
}

/** The content of a frame; null where it is damaged or longer than `limit`. */
export function unpackLz4(packed: Uint8Array, limit: number): Uint8Array<ArrayBuffer> | null {
  if (packed.length < 7) return null
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const flags = packed[4]
  if (view.getUint32(0, true) !== magic || flags >>> 6 !== 1) return null
  const [blockChecksums, sized, dictionary] = [(flags & 16) !== 0, (flags & 8) !== 0, (flags & 1) !== 0]
  let at = 7 + (sized ? 8 : 0) + (dictionary ? 4 : 0)
  const output = new Output(limit)
  for (;;) {
    if (at + 4 > packed.length) return null
    const head = view.getUint32(at, true)
    at += 4
    if (head === 0) return output.bytes
    const length = head & 0x7fffffff
    if (at + length > packed.length) return null
    const block = packed.subarray(at, at + length)
    const fine = head >= storedBlock ? output.append(block) : unpackBlock(block, output)
    if (!fine) return null
    at += length + (blockChecksums ? 4 : 0)
  }
}
