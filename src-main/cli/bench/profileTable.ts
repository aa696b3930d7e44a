import { tableLines } from '../table.ts'
import type { ProfileMeasurement } from './measure.ts'

const headings = ['op', 'layer', 'forward ms', 'backward ms', 'update ms', 'of step', 'GFLOP/s', 'of peak']

/**
 * The times of a profile as the lines of a table.
 *
 * @param peakGflops of the threads that were measured; null where it is not known
 */
export function profileLines(profile: ProfileMeasurement, peakGflops: number | null): string[] {
  const time = (ms: number) => (ms > 0 ? ms.toFixed(3) : '')
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`
  const rates = (gflops: number | null) => [
    gflops === null ? '' : gflops.toFixed(1),
    gflops === null || peakGflops === null ? '' : percent(gflops / peakGflops),
  ]
  const rows = profile.ops.map(({ op, layer, forwardMs, backwardMs, updateMs, gflops }) => [
    ...[op, layer, time(forwardMs), time(backwardMs), time(updateMs)],
    percent((forwardMs + backwardMs + updateMs) / profile.stepMs),
    ...rates(gflops),
  ])
  const waiting = [
    'waiting',
    '',
    time(profile.waitingMs),
    '',
    '',
    percent(profile.waitingMs / profile.stepMs),
  ]
  const whole = ['step', '', time(profile.stepMs), '', '', percent(1), ...rates(profile.gflops)]
  return tableLines([headings, ...rows, waiting, whole])
}
