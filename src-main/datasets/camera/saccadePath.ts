import { saccadeMicroseconds } from '../recordings/saccades.ts'

/** Pixels around the picture that it may move into: 28 × 28 digits need the 34 × 34 of N-MNIST's sensor. */
export const margin = 3

/** The travel of N-MNIST, for which the corners below hold. */
const usualTravel = 7

/** Where the picture stands at the corners of the triangle, pixels from its middle, as stabilising N-MNIST says. */
const corners: readonly (readonly [x: number, y: number])[] = [
  [-4, -2],
  [-0.5, 5],
  [3, -2],
  [-4, -2],
]

export const recordingMicroseconds = 3 * saccadeMicroseconds

/**
 * Place of the picture's corner on the sensor at a moment of a saccade (0, 1 or 2; share 0 to 1), pixels. The eye
 * speeds up and slows down along half a wave of the cosine.
 */
export function pictureAt(saccade: number, share: number, travel: number): [x: number, y: number] {
  const [from, to] = [corners[saccade], corners[saccade + 1]]
  const scale = travel / usualTravel
  const way = (1 - Math.cos(Math.PI * share)) / 2
  return [
    margin + scale * (from[0] + way * (to[0] - from[0])),
    margin + scale * (from[1] + way * (to[1] - from[1])),
  ]
}
