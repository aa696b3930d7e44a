import type { FieldValues } from '../../../src-shared/fields.ts'
import { countFrames } from './countFrames.ts'
import type { EventEncoder } from './eventEncoder.ts'
import { noSlices, slicings, type SlicingParameters } from './slicings.ts'

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
    const slices = events.count > 0 ? slicing(events, steps, slicingParameters(params)) : noSlices
    const [polarities, height, width] = events.shape
    const counting = {
      ...{ width, height, apart: params.polarity === 'kept' && polarities > 1 },
      ...{ signed: params.polarity === 'summed', binary: params.values === 'binary' },
    }
    const { shown, outside } = countFrames(events, slices, counting, out)
    for (let step = slices.to.length; step < steps; step++) out.endStep()
    return { time: events.count - shown, place: outside }
  },
}
