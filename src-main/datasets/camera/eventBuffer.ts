import type { EventRecording } from '../dataset.ts'

/** Events as they are made, in any order, to be given out in the order of time. */
export class EventBuffer {
  #time = new Uint32Array(16384)
  #address = new Uint32Array(16384)
  #spareTime = new Uint32Array(16384)
  #spareAddress = new Uint32Array(16384)
  #count = 0

  clear(): void {
    this.#count = 0
  }

  /** `address` is the pixel, row-major, times two, plus the polarity. */
  add(time: number, address: number): void {
    if (this.#count === this.#time.length) this.#grow()
    this.#time[this.#count] = time
    this.#address[this.#count++] = address
  }

  /** The events by time; those of the same time as they came. */
  sorted(width: number): EventRecording {
    for (let shift = 0; shift < 20; shift += 10) this.#sortBy(shift)
    const count = this.#count
    const t = this.#time.slice(0, count)
    const x = new Uint16Array(count)
    const y = new Uint16Array(count)
    const p = new Uint8Array(count)
    for (let i = 0; i < count; i++) {
      const pixel = this.#address[i] >>> 1
      p[i] = this.#address[i] & 1
      y[i] = Math.floor(pixel / width)
      x[i] = pixel - y[i] * width
    }
    return { t, x, y, p }
  }

  /** One pass of a radix sort over ten bits of the time; recordings are shorter than 2^20 µs. */
  #sortBy(shift: number): void {
    const places = new Uint32Array(1025)
    const count = this.#count
    for (let i = 0; i < count; i++) places[((this.#time[i] >>> shift) & 1023) + 1]++
    for (let i = 0; i < 1024; i++) places[i + 1] += places[i]
    for (let i = 0; i < count; i++) {
      const place = places[(this.#time[i] >>> shift) & 1023]++
      this.#spareTime[place] = this.#time[i]
      this.#spareAddress[place] = this.#address[i]
    }
    ;[this.#time, this.#spareTime] = [this.#spareTime, this.#time]
    ;[this.#address, this.#spareAddress] = [this.#spareAddress, this.#address]
  }

  #grow(): void {
    const larger = (values: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
      const room = new Uint32Array(values.length * 2)
      room.set(values)
      return room
    }
    this.#time = larger(this.#time)
    this.#address = larger(this.#address)
    this.#spareTime = new Uint32Array(this.#time.length)
    this.#spareAddress = new Uint32Array(this.#time.length)
  }
}
