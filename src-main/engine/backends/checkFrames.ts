import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { FrameBatch } from '../executor.ts'

/** What a program wants of its frames: steps, elements of one frame, and whether all entries must be 1. */
interface FrameShape {
  steps: number
  width: number
  spikes: boolean
}

/**
 * Checks sparse frames whole, so that backends may follow every index without looking.
 *
 * @throws SpikedeskError `engine.frames` with the first thing that does not fit
 */
export function checkFrames(batch: FrameBatch, { steps, width, spikes }: FrameShape): void {
  const { samples, starts, places, values, labels } = batch
  const refuse = (detail: string): never => {
    throw new SpikedeskError('engine.frames', { detail })
  }
  if (labels.length !== samples) refuse(`${labels.length} labels for ${samples} samples`)
  const frames = samples * steps
  if (starts.length !== frames + 1) refuse(`${starts.length} starts, where ${frames + 1} are needed`)
  if (starts[0] !== 0) refuse(`the first frame starts at ${starts[0]}, not at 0`)
  if (starts[frames] !== places.length) {
    refuse(`the last frame ends at ${starts[frames]}, but there are ${places.length} entries`)
  }
  if (values && values.length !== places.length) {
    refuse(`${values.length} values for ${places.length} entries`)
  }
  if (values && spikes) refuse('the input is spikes, so its entries have no values')
  const where = (frame: number) => `sample ${Math.floor(frame / steps)} at step ${frame % steps}`
  for (let frame = 0; frame < frames; frame++) {
    const end = starts[frame + 1]
    if (end < starts[frame] || end > places.length) {
      refuse(`the frame of ${where(frame)} goes from entry ${starts[frame]} to ${end} of ${places.length}`)
    }
    let before = -1
    for (let i = starts[frame]; i < end; i++) {
      const place = places[i]
      if (place >= width) refuse(`${where(frame)} names place ${place} of ${width}`)
      if (place <= before) refuse(`the places of ${where(frame)} do not ascend`)
      before = place
    }
  }
}
