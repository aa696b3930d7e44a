import type { Locator } from 'playwright-core'

/** What was seen of a scroll. Times in ms. */
export interface Scrolled {
  /** From each frame to the next. */
  frames: number[]
  longTasks: number[]
  /** Samples that passed. */
  samples: number
  /** Frames in which a sample in sight had not come yet. */
  waiting: number
}

/** Scrolls a grid of samples by `step` pixels a frame, `count` frames long. */
export function scrollGrid(grid: Locator, step: number, count: number): Promise<Scrolled> {
  return grid.evaluate(
    async (scroller, [by, frameCount]) => {
      const { frame, longTasks } = window.watch
      longTasks.length = 0
      scroller.scrollTop = 0
      await frame()
      await frame()
      const unfinished = (): boolean => {
        const box = scroller.getBoundingClientRect()
        return [...scroller.querySelectorAll('[role=option]')].some((tile) => {
          const { top, bottom } = tile.getBoundingClientRect()
          const empty = !tile.querySelector('.label')?.textContent
          return bottom > box.top && top < box.bottom && empty
        })
      }
      const frames: number[] = []
      let waiting = 0
      let last = performance.now()
      for (let i = 0; i < frameCount; i++) {
        scroller.scrollTop += by
        await frame()
        const now = performance.now()
        frames.push(now - last)
        if (unfinished()) waiting++
        last = performance.now()
      }
      // Long tasks are told after they end.
      await new Promise((resolve) => setTimeout(resolve, 200))
      const row = scroller.querySelector('.row')
      const perRow = row?.querySelectorAll('[role=option]').length ?? 0
      const rows = scroller.scrollTop / (row?.getBoundingClientRect().height ?? 1)
      return { frames, longTasks: [...longTasks], samples: Math.round(rows * perRow), waiting }
    },
    [step, count] as const,
  )
}

/** Jumps to places all over a grid; milliseconds until every sample in sight is there, for each. */
export function jumpOver(grid: Locator, jumps: number): Promise<number[]> {
  return grid.evaluate(async (scroller, count) => {
    const { frame } = window.watch
    const found: number[] = []
    for (let i = 1; i <= count; i++) {
      const begin = performance.now()
      scroller.scrollTop = (scroller.scrollHeight * ((i * 7) % count)) / count
      const box = scroller.getBoundingClientRect()
      const isThere = (): boolean => {
        const tiles = [...scroller.querySelectorAll('[role=option]')].filter((tile) => {
          const { top, bottom } = tile.getBoundingClientRect()
          return bottom > box.top && top < box.bottom
        })
        return tiles.length > 0 && tiles.every((tile) => tile.querySelector('.label')?.textContent)
      }
      do await frame()
      while (!isThere() && performance.now() - begin < 10_000)
      found.push(performance.now() - begin)
    }
    return found
  }, jumps)
}
