import type { EventRecording } from '../dataset.ts'

/**
 * What tonic offers for N-MNIST, whose camera looked at each digit in three saccades. Source: the loader of N-MNIST
 * in tonic 1.6.
 */

/** Length of a saccade, µs. */
export const saccadeMicroseconds = 105_000
/** tonic's first saccade ends a little earlier. */
const firstSaccadeEnd = 100_000
/** Size of N-MNIST's sensor; events that stabilisation moves beyond it are dropped. */
const last = 33

function keep(events: EventRecording, fits: (i: number) => boolean): EventRecording {
  const kept: number[] = []
  for (let i = 0; i < events.t.length; i++) if (fits(i)) kept.push(i)
  const { t, x, y, p } = events
  return {
    t: Uint32Array.from(kept, (i) => t[i]),
    x: Uint16Array.from(kept, (i) => x[i]),
    y: Uint16Array.from(kept, (i) => y[i]),
    p: Uint8Array.from(kept, (i) => p[i]),
  }
}

/** The events before 100 ms. */
export function keepFirstSaccade(events: EventRecording): EventRecording {
  return keep(events, (i) => events.t[i] < firstSaccadeEnd)
}

/** A half goes to the even neighbour, as numpy rounds. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

/** How far the picture stands from its middle at time `t`, pixels: what stabilisation adds to x and y. */
function offsetAt(t: number): [x: number, y: number] {
  const tau = saccadeMicroseconds
  if (t <= tau) return [4 - (3.5 * t) / tau, 2 - (7 * t) / tau]
  if (t <= 2 * tau) return [4 - 3.5 - (3.5 * (t - tau)) / tau, 2 - 7 + (7 * (t - tau)) / tau]
  return [4 - 7 + (7 * (t - 2 * tau)) / tau, 2]
}

/** Takes the movement of the saccades out. Events whose place before rounding is off the sensor are dropped. */
export function stabilise(events: EventRecording): EventRecording {
  const { t, x, y, p } = events
  const toX = new Float64Array(t.length)
  const toY = new Float64Array(t.length)
  for (let i = 0; i < t.length; i++) {
    const [dx, dy] = offsetAt(t[i])
    toX[i] = x[i] + dx
    toY[i] = y[i] + dy
  }
  const inside = (value: number): boolean => value >= 0 && value <= last
  const kept = keep({ t, x, y, p }, (i) => inside(toX[i]) && inside(toY[i]))
  let at = 0
  for (let i = 0; i < t.length; i++) {
    if (!inside(toX[i]) || !inside(toY[i])) continue
    kept.x[at] = roundHalfEven(toX[i])
    kept.y[at++] = roundHalfEven(toY[i])
  }
  return kept
}
