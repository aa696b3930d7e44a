import { filterEvents } from '../events/events.ts'
import type { Transform } from './transform.ts'

/** tonic's CropTime: keeps start <= t <= end; without an end, up to the last event of this recording. */
export const cropTime: Transform = {
  kind: 'cropTime',
  events(events, params) {
    const start = Number(params.start)
    const end = Number(params.end) || Number.POSITIVE_INFINITY
    const { t } = events
    filterEvents(events, (i) => t[i] >= start && t[i] <= end)
  },
}
