import type { FieldValues } from '../../../src-shared/fields.ts'
import { FrameSum, type SparseFrames } from '../sparseFrames.ts'
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

function addUp(
  { count, x, y, p, shape: [polarities, height, width] }: Events,
  steps: number,
  { from, to }: { from: number[]; to: number[] },
  params: FieldValues,
  out: SparseFrames,
): DroppedEvents {
  const kept = params.polarity === 'kept' && polarities > 1
  const signed = params.polarity === 'summed'
  const binary = params.values === 'binary'
  const plane = kept ? height * width : 0
  const sum = new FrameSum((kept ? polarities : 1) * height * width)
  let shown = 0
  let seen = 0
  let outside = 0
  for (let step = 0; step < steps; step++) {
    const end = step < to.length ? to[step] : 0
    for (let i = step < from.length ? from[step] : end; i < end; i++) {
      if (x[i] >= width || y[i] >= height) {
        if (i >= seen) outside++
        continue
      }
      sum.add(p[i] * plane + y[i] * width + x[i], signed && p[i] === 0 ? -1 : 1)
    }
    if (step < to.length) {
      shown += Math.max(0, end - Math.max(from[step], seen))
      seen = Math.max(seen, end)
    }
    sum.flush(out, binary)
  }
  return { time: count - shown, place: outside }
}
