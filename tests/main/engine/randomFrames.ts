import type { FrameBatch } from '../../../src-main/engine/executor.ts'
import { uniformStream } from '../../random/uniformStream.ts'

interface FrameNoise {
  samples: number
  steps: number
  /** Elements of one frame. */
  width: number
  /** Share of the elements that are not zero. */
  density: number
  /** Whole numbers from 1 to 3 instead of ones. */
  counts: boolean
  seed: number
}

/** Sparse frames of seeded noise; sample b is of class b modulo 4. */
export function randomFrames({ samples, steps, width, density, counts, seed }: FrameNoise): FrameBatch {
  const next = uniformStream(seed)
  const starts = [0]
  const places: number[] = []
  for (let frame = 0; frame < samples * steps; frame++) {
    for (let place = 0; place < width; place++) if (next() < density) places.push(place)
    starts.push(places.length)
  }
  return {
    kind: 'frames',
    samples,
    starts: Uint32Array.from(starts),
    places: Uint32Array.from(places),
    values: counts ? Float32Array.from(places, () => 1 + Math.floor(3 * next())) : null,
    labels: Uint8Array.from({ length: samples }, (_, b) => b % 4),
  }
}
