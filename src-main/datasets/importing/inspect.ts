import type { EventRecording } from '../dataset.ts'

/** What is not in order in a recording. */
export interface Inspection {
  /** Times that are earlier than the one before; the first of them. */
  backwards: number
  firstBackwards: number
  /** Events outside the sensor; the first of them. */
  outside: number
  firstOutside: number
}

/** Looks a recording through. Where no sensor is given, no event is outside. */
export function inspect({ t, x, y }: EventRecording, sensor: readonly [number, number] | null): Inspection {
  const found: Inspection = { backwards: 0, firstBackwards: -1, outside: 0, firstOutside: -1 }
  const count = t.length
  for (let i = 1; i < count; i++) {
    if (t[i] < t[i - 1] && found.backwards++ === 0) found.firstBackwards = i
  }
  if (!sensor) return found
  const [width, height] = sensor
  for (let i = 0; i < count; i++) {
    if ((x[i] >= width || y[i] >= height) && found.outside++ === 0) found.firstOutside = i
  }
  return found
}

function take({ t, x, y, p }: EventRecording, order: Uint32Array): EventRecording {
  return {
    t: Uint32Array.from(order, (i) => t[i]),
    x: Uint16Array.from(order, (i) => x[i]),
    y: Uint16Array.from(order, (i) => y[i]),
    p: Uint8Array.from(order, (i) => p[i]),
  }
}

/** The events in the order of time; those of the same time keep theirs. */
export function sortByTime(events: EventRecording): EventRecording {
  const { t } = events
  const order = Uint32Array.from(t, (_, i) => i)
  return take(
    events,
    order.sort((a, b) => t[a] - t[b] || a - b),
  )
}

/** The events inside the sensor. */
export function dropOutside(
  events: EventRecording,
  [width, height]: readonly [number, number],
): EventRecording {
  const { x, y } = events
  return take(
    events,
    Uint32Array.from(x.keys()).filter((i) => x[i] < width && y[i] < height),
  )
}
