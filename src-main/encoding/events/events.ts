import type { EventCounts } from '../../../src-shared/contract.ts'
import { inOrder } from '../../../src-shared/philox.ts'
import type { EventRecording } from '../../datasets/dataset.ts'

/**
 * Events on their way to the network, ordered by time. Transforms change the arrays in place; only the first
 * `count` entries count. Coordinates are taken modulo 2¹⁶, so one left of or above the sensor is far outside it.
 */
export interface Events {
  count: number
  /** Microseconds; below 0 only after a transform. */
  t: Uint32Array | Float64Array
  x: Uint16Array
  y: Uint16Array
  /** 1 is ON, 0 is OFF. */
  p: Uint8Array
  /** `[P,H,W]`. */
  shape: readonly number[]
}

/** Events that no frame shows. */
export type DroppedEvents = Pick<EventCounts, 'time' | 'place'>

/** A recording as it lies in its dataset; nothing is copied, so that nothing may be changed. */
export function eventsOf({ t, x, y, p }: EventRecording, shape: readonly number[]): Events {
  return { count: t.length, t, x, y, p, shape }
}

/** A copy that transforms may change. */
export function copyEvents({ t, x, y, p }: EventRecording, shape: readonly number[]): Events {
  return { count: t.length, t: Float64Array.from(t), x: x.slice(), y: y.slice(), p: p.slice(), shape }
}

/** Keeps the events for which `keep` is true, in their order. */
export function filterEvents(events: Events, keep: (index: number) => boolean): void {
  const { t, x, y, p } = events
  let kept = 0
  for (let i = 0; i < events.count; i++) {
    if (!keep(i)) continue
    t[kept] = t[i]
    x[kept] = x[i]
    y[kept] = y[i]
    p[kept] = p[i]
    kept++
  }
  events.count = kept
}

/** Brings events back into the order of their time; equal times keep their order. */
export function sortEvents(events: Events): void {
  const { count, t, x, y, p } = events
  const order = inOrder(count)
  order.sort((a, b) => t[a] - t[b] || a - b)
  const times = Float64Array.from(order, (i) => t[i])
  events.x = Uint16Array.from(order, (i) => x[i])
  events.y = Uint16Array.from(order, (i) => y[i])
  events.p = Uint8Array.from(order, (i) => p[i])
  events.t = times
}
