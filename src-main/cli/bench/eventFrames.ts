import { philox } from '../../../src-shared/philox.ts'
import type { FrameBatch } from '../../engine/executor.ts'

/** What the synthetic frames of a batch are like. */
export interface EventNoise {
  samples: number
  steps: number
  /** Elements of one frame. */
  width: number
  /** Probability that an element is an event. */
  density: number
  classes: number
  seed: number
  /** Which batch it is; each has events of its own. */
  batch: number
}

/** A batch of frames in which every element is an event with the same probability, apart from all others. */
export function eventFrames(noise: EventNoise): FrameBatch {
  const { samples, steps, width, classes } = noise
  const threshold = noise.density * 0x100000000
  const frames = samples * steps
  const starts = new Uint32Array(frames + 1)
  const places = new Uint32Array(frames * width)
  const words = new Uint32Array(4)
  let count = 0
  for (let frame = 0; frame < frames; frame++) {
    for (let place = 0; place < width; place++) {
      if ((place & 3) === 0) philox(noise.seed, 0, place >>> 2, frame, noise.batch, 0, words)
      if (words[place & 3] < threshold) places[count++] = place
    }
    starts[frame + 1] = count
  }
  return {
    kind: 'frames',
    samples,
    starts,
    places: places.slice(0, count),
    values: null,
    labels: Uint8Array.from({ length: samples }, (_, b) => b % classes),
  }
}
