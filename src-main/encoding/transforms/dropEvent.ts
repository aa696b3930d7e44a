import { filterEvents } from '../events/events.ts'
import type { Transform } from './transform.ts'

/** tonic's DropEvent: exactly ⌊p·N + 0.5⌋ events are dropped, every choice of them as likely. */
export const dropEvent: Transform = {
  kind: 'dropEvent',
  events(events, params, random) {
    let left = events.count
    let toDrop = Math.floor(Number(params.probability) * events.count + 0.5)
    filterEvents(events, () => {
      const drops = random.integer(left--) < toDrop
      if (drops) toDrop--
      return !drops
    })
  },
}
