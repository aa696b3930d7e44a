import { filterEvents, type Events } from '../events/events.ts'

/**
 * Keeps the events of a box and makes its corner the origin. A corner left of or above the sensor moves the events
 * to the right or down.
 */
export function cropEvents(events: Events, left: number, top: number, width: number, height: number): void {
  const { x, y } = events
  const fromX = Math.max(left, 0)
  const fromY = Math.max(top, 0)
  filterEvents(events, (i) => x[i] >= fromX && x[i] < fromX + width && y[i] >= fromY && y[i] < fromY + height)
  for (let i = 0; i < events.count; i++) {
    x[i] -= left
    y[i] -= top
  }
}
