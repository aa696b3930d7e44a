import { filterEvents, sortEvents } from '../events/events.ts'
import type { Transform } from './transform.ts'

/** tonic's TimeJitter: t + N(0, σ²), cut off towards 0; times below 0 are dropped where wanted. */
export const timeJitter: Transform = {
  kind: 'timeJitter',
  events(events, params, random) {
    const deviation = Number(params.deviation)
    const { t } = events
    for (let i = 0; i < events.count; i++) t[i] = Math.trunc(t[i] + deviation * random.normal())
    if (params.clipNegative === true) filterEvents(events, (i) => t[i] >= 0)
    if (params.sort === true) sortEvents(events)
  },
}
