import { isLine, lastTime, type EventTrain } from './eventWindow.ts'

/** From where a cloud of events is looked at. Angles in radians. */
export interface CloudView {
  /** Around the axis of y. */
  yaw: number
  pitch: number
  zoom: number
}

export const firstView: CloudView = { yaw: -0.62, pitch: 0.34, zoom: 1 }
/** Time to the right, the axis of x upwards: how events on a line are looked at. */
export const flatView: CloudView = { yaw: 0, pitch: 0, zoom: 1 }

/** Half the lengths of the box, time being the longest. */
export interface CloudBox {
  time: number
  x: number
  y: number
}

/** Events in a box around 0: time to the right, y downwards, x into the depth. */
export interface Cloud {
  box: CloudBox
  time: Float32Array
  x: Float32Array
  y: Float32Array
}

/** Places events in the box; those on a line get their channel upwards. */
export function cloudOf(train: EventTrain): Cloud {
  const { t, x, y, shape } = train
  const [height, width] = shape.slice(-2)
  const duration = lastTime(train)
  const line = isLine(train)
  const longest = Math.max(height, width)
  const box = line
    ? { time: 1, x: 0, y: 0.6 }
    : { time: 1, x: (0.6 * width) / longest, y: (0.6 * height) / longest }
  const cloud = {
    box,
    time: new Float32Array(t.length),
    x: new Float32Array(t.length),
    y: new Float32Array(t.length),
  }
  for (let i = 0; i < t.length; i++) {
    cloud.time[i] = box.time * ((2 * t[i]) / duration - 1)
    cloud.x[i] = line ? 0 : box.x * ((2 * (x[i] + 0.5)) / width - 1)
    cloud.y[i] = line ? -box.y * ((2 * (x[i] + 0.5)) / width - 1) : box.y * ((2 * (y[i] + 0.5)) / height - 1)
  }
  return cloud
}

/** Rows of the rotation: right, down and towards the viewer, each of time, y and x. */
export type Rotation = readonly [
  right: readonly [number, number, number],
  down: readonly [number, number, number],
  near: readonly [number, number, number],
]

/** Turns around y, then around the axis to the right. */
export function rotationOf({ yaw, pitch }: CloudView): Rotation {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)]
  return [
    [cy, 0, -sy],
    [sp * sy, cp, sp * cy],
    [cp * sy, -sp, cp * cy],
  ]
}

/** Pixels a unit, so that the box fits whichever way it is turned. */
export function scaleOf(
  { time, x, y }: CloudBox,
  width: number,
  height: number,
  { zoom }: CloudView,
): number {
  const across = Math.hypot(time, x)
  const down = x === 0 ? y : Math.hypot(time, x, y)
  return zoom * Math.min((width / 2 - 14) / across, (height / 2 - 14) / down)
}
