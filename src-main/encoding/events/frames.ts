import type { FieldValues } from '../../../src-shared/fields.ts'
import type { SparseFrames } from '../sparseFrames.ts'
import type { EventEncoder } from './eventEncoder.ts'
import type { DroppedEvents, Events } from './events.ts'
import { slicings, type SlicingParameters } from './slicings.ts'

function slicingParameters(params: FieldValues): SlicingParameters {
  return {
    window: Number(params.window),
    count: Number(params.count),
    overlap: Number(params.overlap),
    includeIncomplete: params.includeIncomplete === true,
  }
}

/** Events are counted into one frame for each step; see the slicings for what goes where. */
export const frames: EventEncoder = {
  kind: 'frames',
  binary: ({ values }) => values === 'binary',
  encode(events, steps, params, out) {
    const slicing = slicings[params.slicing as keyof typeof slicings]
    const { from, to } =
      events.count > 0 ? slicing(events, steps, slicingParameters(params)) : { from: [], to: [] }
    return addUp(events, steps, { from, to }, params, out)
  },
}

/** Counts of one frame, and a bit for each place that was touched; both are all zero between two frames. */
interface FrameCounts {
  counts: Int32Array
  marks: Int32Array
}

let kept: FrameCounts = { counts: new Int32Array(0), marks: new Int32Array(0) }

/** The counts of a size; they are kept, because making them anew costs as much as a recording of a thousand events. */
function countsOf(size: number): FrameCounts {
  if (kept.counts.length !== size) {
    kept = { counts: new Int32Array(size), marks: new Int32Array((size + 31) >>> 5) }
  }
  return kept
}

/** Moves what is not zero to the end of `out` as one step, each as 1 where `binary`, and begins anew. */
function flush({ counts, marks }: FrameCounts, most: number, binary: boolean, out: SparseFrames): void {
  out.reserve(most)
  const { places, values } = out
  let length = out.length
  for (let word = 0; word < marks.length; word++) {
    let bits = marks[word]
    if (bits === 0) continue
    marks[word] = 0
    while (bits !== 0) {
      const place = (word << 5) + 31 - Math.clz32(bits & -bits)
      bits &= bits - 1
      const count = counts[place]
      counts[place] = 0
      if (count === 0) continue
      places[length] = place
      if (values !== null) values[length] = binary ? 1 : count
      length++
    }
  }
  out.length = length
  out.endStep()
}

function addUp(
  { count, x, y, p, shape: [polarities, height, width] }: Events,
  steps: number,
  { from, to }: { from: number[]; to: number[] },
  params: FieldValues,
  out: SparseFrames,
): DroppedEvents {
  const plane = params.polarity === 'kept' && polarities > 1 ? height * width : 0
  const off = params.polarity === 'summed' ? -1 : 1
  const binary = params.values === 'binary'
  const frame = countsOf((plane > 0 ? polarities : 1) * height * width)
  const { counts, marks } = frame
  let shown = 0
  let seen = 0
  let outside = 0
  for (let step = 0; step < steps; step++) {
    const end = step < to.length ? to[step] : 0
    const start = step < from.length ? from[step] : end
    for (let i = start; i < end; i++) {
      const column = x[i]
      const row = y[i]
      const polarity = p[i]
      if (column >= width || row >= height) {
        if (i >= seen) outside++
        continue
      }
      const place = polarity * plane + row * width + column
      counts[place] += polarity === 0 ? off : 1
      marks[place >>> 5] |= 1 << (place & 31)
    }
    if (step < to.length) {
      shown += Math.max(0, end - Math.max(start, seen))
      seen = Math.max(seen, end)
    }
    flush(frame, end - start, binary, out)
  }
  return { time: count - shown, place: outside }
}
