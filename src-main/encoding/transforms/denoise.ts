import { filterEvents } from '../events/events.ts'
import type { Transform } from './transform.ts'

/**
 * tonic's Denoise: in the order of time, an event writes t + filterTime to its pixel, and is kept where one of the
 * four direct neighbours holds more than t. The memory begins at filterTime, so that an event before that time
 * passes wherever it has a neighbour. Its extent is that of the recording itself, its largest coordinates.
 */
export const denoise: Transform = {
  kind: 'denoise',
  events(events, params) {
    const filterTime = Number(params.filterTime)
    const { count, t, x, y } = events
    let width = 0
    let height = 0
    for (let i = 0; i < count; i++) {
      width = Math.max(width, x[i] + 1)
      height = Math.max(height, y[i] + 1)
    }
    const memory = new Float64Array(width * height).fill(filterTime)
    filterEvents(events, (i) => {
      const place = y[i] * width + x[i]
      memory[place] = t[i] + filterTime
      return (
        (x[i] > 0 && memory[place - 1] > t[i]) ||
        (x[i] < width - 1 && memory[place + 1] > t[i]) ||
        (y[i] > 0 && memory[place - width] > t[i]) ||
        (y[i] < height - 1 && memory[place + width] > t[i])
      )
    })
  },
}
