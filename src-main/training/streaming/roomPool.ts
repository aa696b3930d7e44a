import type { BatchRoom } from './makeBatch.ts'

/** Bytes to which buffers are rounded up, so that those of similar batches serve each other: 8 sizes an octave. */
function roundedUp(bytes: number): number {
  const grain = Math.max(16, 2 ** (Math.floor(Math.log2(bytes)) - 3))
  return Math.ceil(bytes / grain) * grain
}

const sum = (lengths: readonly number[]): number => lengths.reduce((total, length) => total + length, 0)

export function bytesOf(room: BatchRoom): number {
  return sum(room.map(({ byteLength }) => byteLength))
}

/** Gives memory back at once; else it waits for garbage to be collected, while new memory is asked for. */
export function freeRoom(room: BatchRoom): void {
  for (const buffer of room) if (!buffer.detached) buffer.transfer(0)
}

/** Whether a batch of these lengths may lie in a room without wasting more than it takes. */
function fits(room: BatchRoom, lengths: readonly number[]): boolean {
  const largeEnough = lengths.every((length, i) => room[i].byteLength >= length)
  return largeEnough && bytesOf(room) <= 2 * sum(lengths.map(roundedUp))
}

/**
 * The buffers that the batches of a source lie in. They go round: to the thread that makes a batch, with the batch to
 * who takes it, and back here for another one. `lengths` are those of `roomBytes`.
 */
export class RoomPool {
  readonly #free: BatchRoom[] = []
  #freeBytes = 0
  #outBytes = 0

  /** Bytes of all buffers, also of those that wait here. */
  get bytes(): number {
    return this.#freeBytes + this.#outBytes
  }

  /** Whether a room for a batch can be had within `limit` bytes for all buffers; one always can. */
  admits(lengths: readonly number[], limit: number): boolean {
    if (this.#outBytes === 0) return true
    const found = this.#free.find((room) => fits(room, lengths))
    return this.#outBytes + (found ? bytesOf(found) : sum(lengths.map(roundedUp))) <= limit
  }

  /** A room for a batch, whatever it takes; rooms that wait here and do not fit make way as `limit` demands. */
  take(lengths: readonly number[], limit: number): BatchRoom {
    const place = this.#free.findIndex((room) => fits(room, lengths))
    const sizes = lengths.map(roundedUp)
    if (place < 0) while (this.#free.length > 0 && this.bytes + sum(sizes) > limit) freeRoom(this.#remove(0))
    const room = place < 0 ? sizes.map((size) => new ArrayBuffer(size)) : this.#remove(place)
    this.#outBytes += bytesOf(room)
    return room
  }

  /** What was taken takes so many bytes more; fewer where it is lost. */
  changed(bytes: number): void {
    this.#outBytes += bytes
  }

  /** Takes a room back that nobody reads any more. */
  giveBack(room: BatchRoom): void {
    this.#free.push(room)
    this.#freeBytes += bytesOf(room)
    this.#outBytes -= bytesOf(room)
  }

  /** Frees what waits here. */
  close(): void {
    while (this.#free.length > 0) freeRoom(this.#remove(0))
  }

  #remove(place: number): BatchRoom {
    const [room] = this.#free.splice(place, 1)
    this.#freeBytes -= bytesOf(room)
    return room
  }
}
