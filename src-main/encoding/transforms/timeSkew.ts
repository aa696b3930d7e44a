import type { Transform } from './transform.ts'

/** tonic's TimeSkew: t · coefficient + offset, cut off towards 0; times may get below 0. */
export const timeSkew: Transform = {
  kind: 'timeSkew',
  events({ count, t }, params) {
    const coefficient = Number(params.coefficient)
    const offset = Number(params.offset)
    for (let i = 0; i < count; i++) t[i] = Math.trunc(t[i] * coefficient + offset)
  },
}
