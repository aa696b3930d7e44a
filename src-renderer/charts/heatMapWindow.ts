/** A part of a matrix that is on show, in whole rows and columns. */
export interface HeatMapWindow {
  row: number
  column: number
  rows: number
  columns: number
}

interface Limits {
  rows: number
  columns: number
}

function side(first: number, count: number, all: number): [first: number, count: number] {
  const kept = Math.min(all, Math.max(1, Math.round(count)))
  return [Math.min(all - kept, Math.max(0, Math.round(first))), kept]
}

function inside(window: HeatMapWindow, limits: Limits): HeatMapWindow {
  const [row, rows] = side(window.row, window.rows, limits.rows)
  const [column, columns] = side(window.column, window.columns, limits.columns)
  return { row, column, rows, columns }
}

/** A count that is scaled, by one at least, so that no wheel is turned in vain. */
function scaled(count: number, factor: number): number {
  const next = Math.round(count * factor)
  return next === count ? count + Math.sign(factor - 1) : next
}

/** Another share of the matrix about the point at `at` (shares of the window, 0 to 1), which stays where it is. */
export function zoomed(
  window: HeatMapWindow,
  limits: Limits,
  at: { x: number; y: number },
  factor: number,
): HeatMapWindow {
  const rows = Math.min(limits.rows, Math.max(1, scaled(window.rows, factor)))
  const columns = Math.min(limits.columns, Math.max(1, scaled(window.columns, factor)))
  return inside(
    {
      row: window.row + at.y * (window.rows - rows),
      column: window.column + at.x * (window.columns - columns),
      rows,
      columns,
    },
    limits,
  )
}

/** The window moved by so many rows and columns, as far as the matrix goes. */
export function panned(
  window: HeatMapWindow,
  limits: Limits,
  by: { rows: number; columns: number },
): HeatMapWindow {
  return inside({ ...window, row: window.row + by.rows, column: window.column + by.columns }, limits)
}
