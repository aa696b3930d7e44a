import { rotationOf, scaleOf, type CloudBox, type CloudView } from './cloudView.ts'

export type Point = readonly [x: number, y: number]

/** Edges of the box and names of its axes, in CSS pixels. */
export interface CloudFrame {
  edges: readonly (readonly [Point, Point])[]
  /** The frame of the moment on show, four corners. */
  moment: readonly Point[]
  labels: readonly { axis: 'time' | 'x' | 'y'; at: Point }[]
}

/** Where the box of a cloud lies on a picture of a size. `share` of the time is past. */
export function cloudFrame(
  box: CloudBox,
  view: CloudView,
  width: number,
  height: number,
  share: number,
): CloudFrame {
  const [right, down] = rotationOf(view)
  const scale = scaleOf(box, width, height, view)
  const at = (time: number, y: number, x: number): Point => [
    width / 2 + scale * (right[0] * time + right[1] * y + right[2] * x),
    height / 2 + scale * (down[0] * time + down[1] * y + down[2] * x),
  ]
  const ends = [-1, 1]
  const corner = (time: number, y: number, x: number): Point => at(time * box.time, y * box.y, x * box.x)
  const edges = ends.flatMap((a) =>
    ends.flatMap((b): [Point, Point][] => [
      [corner(-1, a, b), corner(1, a, b)],
      [corner(a, -1, b), corner(a, 1, b)],
      [corner(a, b, -1), corner(a, b, 1)],
    ]),
  )
  const now = 2 * share - 1
  const moment = [corner(now, -1, -1), corner(now, -1, 1), corner(now, 1, 1), corner(now, 1, -1)]
  const labels = [
    { axis: 'time' as const, at: corner(0, 1, 1) },
    ...(box.x > 0 ? [{ axis: 'x' as const, at: corner(1, 1, 0) }] : []),
    { axis: 'y' as const, at: corner(-1, 0, 1) },
  ]
  return { edges, moment, labels }
}
