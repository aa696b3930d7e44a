/** The events of a recording: one event an entry in all four, ordered by time. */
export interface EventTrain {
  /** `[P,H,W]`. */
  shape: readonly number[]
  /** µs, ascending. */
  t: Uint32Array
  x: Uint16Array
  y: Uint16Array
  /** 1 is ON, 0 is OFF. */
  p: Uint8Array
}

/** The first event at or after a time; the number of events where none is. */
export function firstAt(t: Uint32Array, time: number): number {
  let [low, high] = [0, t.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (t[middle] < time) low = middle + 1
    else high = middle
  }
  return low
}

/** The events of the `length` µs up to and with `end`, as places from and to. */
export function eventsIn(t: Uint32Array, end: number, length: number): [from: number, to: number] {
  return [firstAt(t, end - length + 1), firstAt(t, end + 1)]
}

/** How many of the first events are ON, `[N + 1]`. */
export function countOn(p: Uint8Array): Uint32Array {
  const sums = new Uint32Array(p.length + 1)
  for (let i = 0; i < p.length; i++) sums[i + 1] = sums[i] + (p[i] > 0 ? 1 : 0)
  return sums
}

/** Time of the last event, µs; at least 1. */
export function lastTime({ t }: EventTrain): number {
  return Math.max(1, t.at(-1) ?? 1)
}

/** Whether events lie on a line of channels, as those of a cochlea, and not on a plane of pixels. */
export function isLine({ shape }: EventTrain): boolean {
  return (shape.at(-2) ?? 1) === 1
}
