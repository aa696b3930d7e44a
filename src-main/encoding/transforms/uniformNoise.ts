import { sortEvents } from '../events/events.ts'
import type { Transform } from './transform.ts'

/**
 * tonic's UniformNoise: adds events with x, y, p and t drawn evenly and cut off to whole numbers, t between the
 * first and the last event; an empty recording stays empty.
 */
export const uniformNoise: Transform = {
  kind: 'uniformNoise',
  events(events, params, random) {
    const { count, t, x, y, p, shape } = events
    const added = Number(params.count)
    if (count === 0 || added === 0) return
    const [polarities, height, width] = shape
    let first = Number.POSITIVE_INFINITY
    let last = 0
    for (let i = 0; i < count; i++) {
      first = Math.min(first, t[i])
      last = Math.max(last, t[i])
    }
    const total = count + added
    const times = new Float64Array(total)
    times.set(t.subarray(0, count))
    const [columns, rows] = [x, y].map((values) => {
      const longer = new Uint16Array(total)
      longer.set(values.subarray(0, count))
      return longer
    })
    const signs = new Uint8Array(total)
    signs.set(p.subarray(0, count))
    for (let i = count; i < total; i++) {
      columns[i] = random.integer(width)
      rows[i] = random.integer(height)
      signs[i] = random.integer(polarities)
      times[i] = Math.trunc(first + random.uniform() * (last - first))
    }
    Object.assign(events, { count: total, t: times, x: columns, y: rows, p: signs })
    sortEvents(events)
  },
}
