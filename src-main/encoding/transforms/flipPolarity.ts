import type { Transform } from './transform.ts'

/** tonic's RandomFlipPolarity: one draw decides over all events of a recording. */
export const flipPolarity: Transform = {
  kind: 'flipPolarity',
  events({ count, p }, params, random) {
    if (random.uniform() >= Number(params.probability)) return
    for (let i = 0; i < count; i++) p[i] = 1 - p[i]
  },
}
