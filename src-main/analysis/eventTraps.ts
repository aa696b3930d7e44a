import type {
  EncodingChange,
  EncodingReport,
  EncodingTrap,
  EventCounts,
} from '../../src-shared/encodingContract.ts'
import type { EncodingSettings } from '../../src-shared/experiment.ts'
import { emptySteps } from './encodingTraps.ts'

/** A share of lost or hidden events that is worth a word. */
const lostShare = 0.01
const hiddenShare = 0.1

/** Slicings that take everything, for those that leave out what comes after the last frame. */
const wholeSlicings: Record<string, string> = {
  timeWindow: 'timeBins',
  eventCount: 'number',
  timeBins: 'time',
  eventBins: 'number',
}

/** The slicing that leaves nothing out; null where the encoding has none, or has it. */
function wholeSlicing({ kind, params }: EncodingSettings): EncodingChange | null {
  if (kind !== 'frames' || !(String(params.slicing) in wholeSlicings)) return null
  return { params: { slicing: wholeSlicings[String(params.slicing)], overlap: 0 } }
}

/** What an encoding of a recording can do that its user may not want. */
export function eventTraps(
  encoding: EncodingSettings,
  timeSteps: number,
  { transformed, time, place }: EventCounts,
  report: Omit<EncodingReport, 'cost' | 'traps'>,
): EncodingTrap[] {
  const { params } = encoding
  if (report.active === 0) return [{ kind: 'nothing', data: { of: timeSteps }, changes: [] }]
  const traps: EncodingTrap[] = []
  const whole = wholeSlicing(encoding)
  if (time > lostShare * transformed) {
    const data = { events: time, share: time / transformed, of: transformed }
    traps.push({ kind: 'lostEvents', data, changes: whole ? [whole] : [] })
  }
  const hidden = transformed - time - place - report.active
  if (params.values === 'binary' && params.overlap === 0 && hidden > hiddenShare * transformed) {
    const data = { events: hidden, share: hidden / transformed, of: transformed }
    traps.push({ kind: 'hiddenEvents', data, changes: [{ params: { values: 'counts' } }] })
  }
  const empty = emptySteps(report, timeSteps).map((trap) =>
    whole ? { ...trap, changes: [whole, ...trap.changes] } : trap,
  )
  return [...traps, ...empty]
}
