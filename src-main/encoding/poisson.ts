import type { Encoder } from './encoder.ts'

/** spikingjelly's PoissonEncoder: a pixel fires with the probability of its brightness. */
export const poisson: Encoder = {
  kind: 'poisson',
  spiking: true,
  level: (x) => x,
}
