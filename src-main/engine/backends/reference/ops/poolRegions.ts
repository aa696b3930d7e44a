import type { Window } from '../../../../../src-shared/model/window.ts'
import type { PoolMethod } from '../../../mapOps.ts'

/** The inputs under a window, as offsets in `[H,W]` row by row, and what a mean over them is divided by. */
export interface Region {
  inputs: number[]
  divisor: number
}

function span(
  size: number,
  at: number,
  kernel: number,
  stride: number,
  padding: number,
  dilation: number,
): number[] {
  const from = at * stride - padding
  return Array.from({ length: kernel }, (_, k) => from + k * dilation).filter((i) => i >= 0 && i < size)
}

function part(size: number, parts: number, at: number): number[] {
  const [from, to] = [Math.floor((at * size) / parts), Math.ceil(((at + 1) * size) / parts)]
  return Array.from({ length: to - from }, (_, k) => from + k)
}

/** The region of each output place, row by row. */
export function regionsOf(pool: PoolMethod, window: Window): Region[] {
  const w = window
  return Array.from({ length: w.outputHeight * w.outputWidth }, (_, place) => {
    const [oy, ox] = [Math.floor(place / w.outputWidth), place % w.outputWidth]
    const adaptive = pool === 'adaptiveAverage'
    const rows = adaptive
      ? part(w.height, w.outputHeight, oy)
      : span(w.height, oy, w.kernelHeight, w.strideY, w.paddingY, w.dilationY)
    const columns = adaptive
      ? part(w.width, w.outputWidth, ox)
      : span(w.width, ox, w.kernelWidth, w.strideX, w.paddingX, w.dilationX)
    const inputs = rows.flatMap((y) => columns.map((x) => y * w.width + x))
    return { inputs, divisor: adaptive ? inputs.length : w.kernelHeight * w.kernelWidth }
  })
}

/** Which input of a region is the largest, the first of equals; `at` is where its map begins. */
export function largestOf(values: Float32Array, at: number, { inputs }: Region): number {
  return inputs.reduce((best, i) => (values[at + i] > values[at + best] ? i : best))
}
