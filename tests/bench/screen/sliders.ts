import type { Locator } from 'playwright-core'

/** How long moves of one slider took to be seen, in ms, and how many were answered by a sentence or not at all. */
export interface Moves {
  times: number[]
  refused: number
  unanswered: number
}

/** Longer than this nobody waits for a picture that does not come, in ms. */
const patience = 3000

/**
 * Moves a slider that is at rest to places over its length, and measures each from the input event to the end of the
 * frame in which the last canvas within `root` is drawn. Moves that do not change the value are left out. Then it is
 * put back.
 */
export async function moveSlider(slider: Locator, root: string, moves: number): Promise<Moves> {
  const found = await slider.evaluate(
    async (element, [selector, count, longest]) => {
      const input = element as HTMLInputElement
      const [from, to] = [Number(input.min), Number(input.max)]
      const { painted, frame } = window.watch
      const area = (): Element => document.querySelector(selector) ?? document.body
      const beside = input.parentElement?.querySelector<HTMLInputElement>('input[type=text]')
      const value = (): string => beside?.value ?? input.value

      const refusal = (): boolean => document.querySelector('[role=alert]') !== null

      /** Milliseconds of a move to a place; else what came of it instead of a picture. */
      async function move(place: number): Promise<number | 'same' | 'refused' | 'unanswered'> {
        const [drawn, valueBefore, begin] = [painted(area()), value(), performance.now()]
        input.value = String(place)
        input.dispatchEvent(new Event('input', { bubbles: true }))
        let [before, changed, seen] = [drawn, 0, -1]
        while (performance.now() - begin < longest) {
          await frame()
          const now = performance.now()
          const paints = painted(area())
          if (paints !== before) [before, changed, seen] = [paints, now, now - begin]
          else if (seen >= 0 && now - changed > 60) return seen
          if (seen < 0 && now - begin > 200 && value() === valueBefore) return 'same'
          if (seen < 0 && now - begin > 200 && refusal()) return 'refused'
        }
        return 'unanswered'
      }

      /** Until nothing is drawn any more: a number typed a moment ago may still be on its way. */
      async function rest(): Promise<void> {
        const begin = performance.now()
        let [before, since] = [painted(area()), begin]
        while (performance.now() - since < 150 && performance.now() - begin < longest) {
          await frame()
          const paints = painted(area())
          if (paints !== before) [before, since] = [paints, performance.now()]
        }
      }

      await rest()
      const place = Number(input.value)
      const times: Awaited<ReturnType<typeof move>>[] = []
      for (let i = 0; i < count; i++) times.push(await move(from + ((to - from) * (i + 1)) / (count + 1)))
      await move(place)
      input.dispatchEvent(new Event('change', { bubbles: true }))
      return times
    },
    [root, moves, patience] as const,
  )
  return {
    times: found.filter((time) => typeof time === 'number'),
    refused: found.filter((time) => time === 'refused').length,
    unanswered: found.filter((time) => time === 'unanswered').length,
  }
}

/** Minimum, median and maximum in words. */
export function inWords(times: readonly number[]): string {
  if (times.length === 0) return 'none'
  const sorted = [...times].sort((a, b) => a - b)
  const shown = [sorted[0], sorted[sorted.length >> 1], sorted[sorted.length - 1]]
  return shown.map((time) => time.toFixed(0).padStart(5)).join(' ')
}
