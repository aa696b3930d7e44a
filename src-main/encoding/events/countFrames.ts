import { nativeEvents } from '../../native/events.ts'
import { flushMarked, type SparseFrames } from '../sparseFrames.ts'
import type { Events } from './events.ts'
import type { Slices } from './slicings.ts'

/** How events are counted into frames. */
export interface FrameCounting {
  width: number
  height: number
  /** A plane for each polarity; else one for both. */
  apart: boolean
  /** An OFF event counts -1, else 1. */
  signed: boolean
  /** Every place that is not zero becomes 1. */
  binary: boolean
}

/** Events of the slices, each once, and those among them that lie outside the sensor. */
export interface CountedEvents {
  shown: number
  outside: number
}

type Columns = Pick<Events, 'x' | 'y' | 'p'>

/** Counts of one frame, and a bit for each place that was touched; both are all zero between two frames. */
interface FrameRoom {
  counts: Int32Array
  marks: Int32Array
}

let kept: FrameRoom = { counts: new Int32Array(0), marks: new Int32Array(0) }

/** Room for frames of a size; it is kept, because making it anew costs as much as a recording of a thousand events. */
function roomOf(places: number): FrameRoom {
  if (kept.counts.length !== places)
    kept = { counts: new Int32Array(places), marks: new Int32Array((places + 31) >>> 5) }
  return kept
}

/** What the addon does, on any machine; there must be room in `out` for an entry an event. */
export function countPlain(
  { x, y, p }: Columns,
  { from, to }: Slices,
  { width, height, apart, signed, binary }: FrameCounting,
  out: SparseFrames,
): CountedEvents {
  const plane = apart ? width * height : 0
  const off = signed ? -1 : 1
  const { counts, marks } = roomOf(apart ? 2 * plane : width * height)
  let [shown, seen, outside] = [0, 0, 0]
  for (let step = 0; step < to.length; step++) {
    const end = to[step]
    const start = from[step]
    for (let i = start; i < end; i++) {
      const [column, row, polarity] = [x[i], y[i], p[i]]
      if (column >= width || row >= height) {
        if (i >= seen) outside++
        continue
      }
      const place = (polarity === 0 ? 0 : plane) + row * width + column
      counts[place] += polarity === 0 ? off : 1
      marks[place >>> 5] |= 1 << (place & 31)
    }
    shown += Math.max(0, end - Math.max(start, seen))
    seen = Math.max(seen, end)
    flushMarked(counts, marks, binary, out)
  }
  return { shown, outside }
}

const counted = new Uint32Array(3)

/** Appends a step for each slice to `out`: the places whose count is not zero. */
export function countFrames(
  events: Columns,
  slices: Slices,
  counting: FrameCounting,
  out: SparseFrames,
): CountedEvents {
  const { from, to } = slices
  out.reserve(to.reduce((sum, end, step) => sum + Math.max(0, end - from[step]), 0))
  const native = nativeEvents()
  if (!native) return countPlain(events, slices, counting, out)
  out.reserveSteps(to.length)
  native.countFrames(events, from, to, counting, out, out.steps, out.length, counted)
  out.steps += to.length
  out.length = counted[0]
  return { shown: counted[1], outside: counted[2] }
}
