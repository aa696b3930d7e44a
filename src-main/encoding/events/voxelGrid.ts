import { FrameSum } from '../sparseFrames.ts'
import type { EventEncoder } from './eventEncoder.ts'

/**
 * tonic's ToVoxelGrid (Zhu et al. 2019): with τ = T·(t - t₀)/(t_last - t₀), an event adds ±(1 - frac τ) to bin ⌊τ⌋
 * and ±frac τ to the next one, each only below T, so that events at t_last are lost. ON is +1, OFF is -1. A
 * recording without duration is lost whole.
 */
export const voxelGrid: EventEncoder = {
  kind: 'voxelGrid',
  binary: () => false,
  encode({ count, t, x, y, p, shape: [, height, width] }, steps, _params, out) {
    const first = t[0]
    const span = count > 0 ? t[count - 1] - first : 0
    let current = new FrameSum(height * width)
    let next = new FrameSum(height * width)
    let bin = 0
    const advance = () => {
      current.flush(out)
      ;[current, next] = [next, current]
      bin++
    }
    const dropped = { time: 0, place: 0 }
    for (let i = 0; i < count; i++) {
      const time = (steps * (t[i] - first)) / span
      if (!(time < steps)) {
        dropped.time++
        continue
      }
      const left = Math.floor(time)
      while (bin < left) advance()
      if (x[i] >= width || y[i] >= height) {
        dropped.place++
        continue
      }
      const place = y[i] * width + x[i]
      const sign = p[i] === 0 ? -1 : 1
      current.add(place, sign * (1 - (time - left)))
      if (left + 1 < steps) next.add(place, sign * (time - left))
    }
    while (bin < steps) advance()
    return dropped
  },
}
