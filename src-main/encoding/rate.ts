import { constant } from './constant.ts'
import type { Encoder } from './encoder.ts'

/** snnTorch's `spikegen.rate`: a pixel fires with probability clip(gain·x + offset, 0, 1). */
export const rate: Encoder = {
  kind: 'rate',
  spiking: true,
  level: (x, parameters) => Math.min(1, Math.max(0, constant.level(x, parameters))),
}
