import type { Transform } from './transform.ts'

/**
 * tonic's RandomTimeReversal: t becomes max(t) - t and the polarities may be flipped. The events are put into the
 * new order of time, as tonic does since 1.6.1; before, it left them in the old one.
 */
export const timeReversal: Transform = {
  kind: 'timeReversal',
  events({ count, t, x, y, p }, params, random) {
    if (random.uniform() >= Number(params.probability)) return
    let last = 0
    for (let i = 0; i < count; i++) last = Math.max(last, t[i])
    for (let i = 0; i < count; i++) {
      t[i] = last - t[i]
      if (params.flipPolarities === true) p[i] = 1 - p[i]
    }
    for (const values of [t, x, y, p]) values.subarray(0, count).reverse()
  },
}
