import type { Rectangle } from 'electron'
import { z } from 'zod'

/** A window as it stood when it was closed. */
export const windowStateSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
})

export type WindowState = z.infer<typeof windowStateSchema>

export const smallest = { width: 960, height: 640 }
const usual = { width: 1360, height: 860 }

/** Borders and shadows that a window may reach over the edge of a display. */
const tolerance = 16

function holds(display: Rectangle, { x, y, width, height }: Rectangle): boolean {
  return (
    x >= display.x - tolerance &&
    y >= display.y - tolerance &&
    x + width <= display.x + display.width + tolerance &&
    y + height <= display.y + display.height + tolerance
  )
}

/** Where a window opens: where it was, if one of the work areas still holds it, else the system's choice. */
export function openingBounds(
  state: WindowState | null,
  workAreas: readonly Rectangle[],
): Partial<Rectangle> {
  if (!state || !workAreas.some((area) => holds(area, state))) return usual
  const { x, y, width, height } = state
  return { x, y, width: Math.max(width, smallest.width), height: Math.max(height, smallest.height) }
}
