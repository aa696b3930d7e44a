import { filterEvents } from '../events/events.ts'
import type { Transform } from './transform.ts'

/**
 * tonic's SpatialJitter: (x, y) + N(0, Σ) with Σ of two variances and a covariance, cut off towards 0. A covariance
 * larger than the variances allow counts as the largest that they do.
 */
export const spatialJitter: Transform = {
  kind: 'spatialJitter',
  events(events, params, random) {
    const sigmaX = Math.sqrt(Number(params.varianceX))
    const varianceY = Number(params.varianceY)
    const limit = Math.sqrt(varianceY)
    const shared = sigmaX > 0 ? Math.max(-limit, Math.min(limit, Number(params.covariance) / sigmaX)) : 0
    const own = Math.sqrt(Math.max(0, varianceY - shared * shared))
    const [, height, width] = events.shape
    const { x, y } = events
    for (let i = 0; i < events.count; i++) {
      const first = random.normal()
      const second = random.normal()
      x[i] = Math.trunc(x[i] + sigmaX * first)
      y[i] = Math.trunc(y[i] + shared * first + own * second)
    }
    if (params.clipOutliers === true) filterEvents(events, (i) => x[i] < width && y[i] < height)
  },
}
