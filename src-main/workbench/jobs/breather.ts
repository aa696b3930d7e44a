import { setImmediate } from 'node:timers/promises'

/** Longest stretch of calculating in which nobody else is answered, ms. */
const longest = 20

/** Lets other messages have their turn, where it is due; to be awaited often by what calculates long. */
export function breather(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < longest) return
    await setImmediate()
    since = performance.now()
  }
}
