import { parseNumbers } from '../../../src-shared/fields.ts'
import { filterEvents, type Events } from '../events/events.ts'
import type { Transform } from './transform.ts'

const pixelOf = ({ x, y }: Events, i: number): number => y[i] * 0x10000 + x[i]

/**
 * tonic's DropPixel: drops the pixels named, and those with more than frequency · duration events, the duration
 * from the first to the last event.
 */
export const dropPixel: Transform = {
  kind: 'dropPixel',
  events(events, params) {
    const numbers = parseNumbers(String(params.pixels)) ?? []
    const dropped = new Set<number>()
    for (let i = 0; i + 1 < numbers.length; i += 2) dropped.add(numbers[i + 1] * 0x10000 + numbers[i])
    const frequency = Number(params.hotFrequency)
    if (frequency > 0 && events.count > 0) {
      const seconds = (events.t[events.count - 1] - events.t[0]) * 1e-6
      const counts = new Map<number, number>()
      for (let i = 0; i < events.count; i++) {
        const pixel = pixelOf(events, i)
        counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
      }
      for (const [pixel, count] of counts) if (count > frequency * seconds) dropped.add(pixel)
    }
    filterEvents(events, (i) => !dropped.has(pixelOf(events, i)))
  },
}
