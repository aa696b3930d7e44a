import type { EventEncoder } from './eventEncoder.ts'
import { noSlices, slicings } from './slicings.ts'

/**
 * tonic's ToTimesurface (Lagorce et al. 2016, over the whole sensor): in step i, a place whose last event was at
 * time s holds exp(-((i + 1)·Δt + t₀ - s)/τ), one that saw none 0. As in tonic, the rest of the recording that
 * fills no interval is lost; steps after the last interval are empty.
 */
export const timeSurface: EventEncoder = {
  kind: 'timeSurface',
  binary: () => false,
  encode(events, steps, params, out) {
    const { count, t, x, y, p, shape } = events
    const [polarities, height, width] = shape
    const interval = Number(params.interval)
    const tau = Number(params.tau)
    const { from, to } =
      count > 0
        ? slicings.timeWindow(events, steps, {
            window: interval,
            overlap: 0,
            count: 0,
            includeIncomplete: false,
          })
        : noSlices
    const last = new Float64Array(polarities * height * width).fill(Number.NEGATIVE_INFINITY)
    let outside = 0
    for (let step = 0; step < steps; step++) {
      if (step < to.length) {
        for (let i = from[step]; i < to[step]; i++) {
          const plane = polarities > 1 ? p[i] : 0
          if (x[i] < width && y[i] < height) last[(plane * height + y[i]) * width + x[i]] = t[i]
          else outside++
        }
        const now = (step + 1) * interval + t[0]
        out.reserve(last.length)
        for (let place = 0; place < last.length; place++) {
          const value = Math.fround(Math.exp((last[place] - now) / tau))
          if (value > 0) out.push(place, value)
        }
      }
      out.endStep()
    }
    return { time: count - (to.at(-1) ?? 0), place: outside }
  },
}
