import type { Encoder } from './encoder.ts'

/** The image itself is fed at every step: I = gain·x + offset. */
export const constant: Encoder = {
  kind: 'constant',
  spiking: false,
  level: (x, { gain, offset }) => Math.fround(Math.fround(Math.fround(gain) * x) + Math.fround(offset)),
}
