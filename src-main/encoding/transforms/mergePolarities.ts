import type { Transform } from './transform.ts'

/** tonic's MergePolarities: every polarity becomes 0; there is one map afterwards. */
export const mergePolarities: Transform = {
  kind: 'mergePolarities',
  events({ p, count }) {
    p.fill(0, 0, count)
  },
}
