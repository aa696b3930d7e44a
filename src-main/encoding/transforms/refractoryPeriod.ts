import { filterEvents } from '../events/events.ts'
import type { Transform } from './transform.ts'

/**
 * tonic's RefractoryPeriod: an event is kept where t - last > period at its pixel, whatever its polarity; last is
 * the time of the event before, kept or not, and begins at -period.
 */
export const refractoryPeriod: Transform = {
  kind: 'refractoryPeriod',
  events(events, params) {
    const period = Number(params.period)
    const { t, x, y } = events
    const last = new Map<number, number>()
    filterEvents(events, (i) => {
      const pixel = y[i] * 0x10000 + x[i]
      const before = last.get(pixel) ?? -period
      last.set(pixel, t[i])
      return t[i] - before > period
    })
  },
}
