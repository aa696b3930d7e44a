import { filterEvents } from '../events/events.ts'
import type { Transform } from './transform.ts'

/** tonic's DropEventByTime: drops start <= t <= start + ratio·t_last, the start anywhere that it fits from 0 on. */
export const dropEventByTime: Transform = {
  kind: 'dropEventByTime',
  events(events, params, random) {
    const { t, count } = events
    let last = 0
    for (let i = 0; i < count; i++) last = Math.max(last, t[i])
    const length = last * Number(params.ratio)
    const start = random.uniform() * (last - length)
    filterEvents(events, (i) => t[i] < start || t[i] > start + length)
  },
}
