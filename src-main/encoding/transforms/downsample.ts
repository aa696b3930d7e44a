import type { Transform } from './transform.ts'

/** tonic's Downsample: t, x and y times their factor, cut off towards 0; events that fall together all stay. */
export const downsample: Transform = {
  kind: 'downsample',
  events({ count, t, x, y }, params) {
    const spatial = Number(params.spatialFactor)
    const time = Number(params.timeFactor)
    for (let i = 0; i < count; i++) {
      t[i] = Math.trunc(t[i] * time)
      x[i] = Math.trunc(x[i] * spatial)
      y[i] = Math.trunc(y[i] * spatial)
    }
  },
}
