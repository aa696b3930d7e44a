import { filterEvents } from '../events/events.ts'
import type { Transform } from './transform.ts'

/**
 * tonic's DropEventByArea: drops a box of ⌊ratio·W⌋ × ⌊ratio·H⌋ pixels; its corner is one of the W - w columns and
 * H - h rows from 0 on.
 */
export const dropEventByArea: Transform = {
  kind: 'dropEventByArea',
  events(events, params, random) {
    const [, height, width] = events.shape
    const boxWidth = Math.floor(width * Number(params.ratio))
    const boxHeight = Math.floor(height * Number(params.ratio))
    const left = random.integer(width - boxWidth)
    const top = random.integer(height - boxHeight)
    const { x, y } = events
    filterEvents(
      events,
      (i) => x[i] < left || x[i] >= left + boxWidth || y[i] < top || y[i] >= top + boxHeight,
    )
  },
}
