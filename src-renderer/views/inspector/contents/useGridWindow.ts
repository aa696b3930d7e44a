import { computed, shallowRef, type Ref } from 'vue'
import type { ElementSize } from '../../../charts/useSize.ts'

/** Sizes of a cell and of the heads of rows and columns, in pixels. */
export const cell = { width: 84, height: 24 }
export const head = { width: 64, height: 24 }

/** Longer scroll areas than browsers can hold are scrolled in steps of more than a row. */
const longest = 8_000_000

interface Place {
  row: number
  column: number
}

function firstOf(scrolled: number, length: number, room: number, count: number, fitting: number): number {
  const way = length - room
  return way <= 0 ? 0 : Math.round((scrolled / way) * Math.max(0, count - fitting))
}

/** How far to scroll, so that `at` is in sight, with as little as that takes; null where it is. */
function scrollTo(at: number, from: number, fitting: number, count: number, way: number): number | null {
  const next = at < from ? at : at >= from + fitting ? at - fitting + 1 : null
  return next === null || count <= fitting ? null : (next / (count - fitting)) * way
}

const list = (from: number, count: number): number[] =>
  Array.from({ length: Math.max(0, count) }, (_, i) => from + i)

/** The rows and columns of a large grid that are in sight of what scrolls over it, also where there are millions. */
export function useGridWindow(
  scroller: Readonly<Ref<HTMLElement | null>>,
  size: Readonly<Ref<ElementSize>>,
  all: Readonly<Ref<{ rows: number; columns: number }>>,
) {
  const scroll = shallowRef({ top: 0, left: 0 })
  const fit = computed(() => ({
    rows: Math.max(1, Math.floor((size.value.height - head.height) / cell.height)),
    columns: Math.max(1, Math.floor((size.value.width - head.width) / cell.width)),
  }))
  const area = computed(() => ({
    height: Math.min(longest, all.value.rows * cell.height + head.height),
    width: Math.min(longest, all.value.columns * cell.width + head.width),
  }))
  const first = computed((): Place => {
    const { top, left } = scroll.value
    const { rows, columns } = all.value
    return {
      row: firstOf(top, area.value.height, size.value.height, rows, fit.value.rows),
      column: firstOf(left, area.value.width, size.value.width, columns, fit.value.columns),
    }
  })
  const shown = computed(() => {
    const { row, column } = first.value
    return {
      rows: list(row, Math.min(fit.value.rows + 1, all.value.rows - row)),
      columns: list(column, Math.min(fit.value.columns + 1, all.value.columns - column)),
    }
  })

  /** Takes over where the area stands now. */
  function follow(): void {
    const box = scroller.value
    if (box) scroll.value = { top: box.scrollTop, left: box.scrollLeft }
  }

  /** Brings a place into sight. */
  function reveal({ row, column }: Place): void {
    const box = scroller.value
    if (!box) return
    const { height, width } = area.value
    const [down, across] = [height - size.value.height, width - size.value.width]
    const top = scrollTo(row, first.value.row, fit.value.rows, all.value.rows, down)
    const left = scrollTo(column, first.value.column, fit.value.columns, all.value.columns, across)
    if (top !== null) box.scrollTop = top
    if (left !== null) box.scrollLeft = left
  }

  return { area, first, fit, shown, follow, reveal }
}
