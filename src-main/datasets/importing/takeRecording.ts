import type { FindingKind } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ImportSettings } from '../../../src-shared/importFields.ts'
import type { EventRecording } from '../dataset.ts'
import { largestY } from '../packed/eventWords.ts'
import type { Findings } from './findings.ts'
import { dropOutside, inspect, sortByTime, type Inspection } from './inspect.ts'
import type { SourceRecording } from './source.ts'

/** What is wrong with a sample, and whether it can be mended. */
export interface Trouble {
  kind: FindingKind
  error: SpikedeskError
  events: number
  mend?: () => EventRecording
}

/** What kind of trouble a code of a reader stands for, where it is not that the file is damaged. */
const kindOfCode: Readonly<Record<string, FindingKind>> = {
  'recording.empty': 'empty',
  'recording.tooLong': 'tooLong',
}

type Sensor = readonly [width: number, height: number]

function unsortedTrouble(place: string, events: EventRecording, found: Inspection): Trouble {
  const data = { file: place, events: found.backwards, index: found.firstBackwards }
  return {
    kind: 'unsorted',
    error: new SpikedeskError('recording.unsorted', data),
    events: found.backwards,
    mend: () => sortByTime(events),
  }
}

function outsideTrouble(place: string, events: EventRecording, found: Inspection, sensor: Sensor): Trouble {
  const [width, height] = sensor
  const { x, y } = events
  const at = found.firstOutside
  const data = { file: place, events: found.outside, width, height, x: x[at], y: y[at] }
  return {
    kind: 'outside',
    error: new SpikedeskError('recording.outside', data),
    events: found.outside,
    mend: () => dropOutside(events, sensor),
  }
}

/** The first thing wrong with a recording; null where it is in order. */
export function troubleOf(place: string, events: EventRecording, sensor: Sensor | null): Trouble | null {
  if (events.t.length === 0)
    return { kind: 'empty', error: new SpikedeskError('recording.empty', { file: place }), events: 0 }
  const found = inspect(events, sensor ?? [Infinity, largestY + 1])
  if (found.backwards > 0) return unsortedTrouble(place, events, found)
  if (found.outside > 0) return outsideTrouble(place, events, found, sensor ?? [65536, largestY + 1])
  return null
}

/** A recording that was decoded and is in order. */
export interface TakenRecording {
  events: EventRecording
  sensor: Sensor | null
}

/**
 * Decodes a recording and sees to what is wrong with it as the settings say; null where it is left out.
 * @throws SpikedeskError the first thing that is wrong with it, where problems are refused
 */
export function takeRecording(
  sample: SourceRecording,
  settings: ImportSettings,
  setSensor: Sensor | null,
  findings: Findings,
): TakenRecording | null {
  const { place } = sample
  let decoded: ReturnType<SourceRecording['decode']>
  try {
    decoded = sample.decode(settings)
  } catch (thrown) {
    if (!(thrown instanceof SpikedeskError)) throw thrown
    const kind = kindOfCode[thrown.code] ?? 'unreadable'
    findings.note(kind, 'leftOut', place)
    if (settings.problems === 'refuse') throw thrown
    return null
  }
  if (decoded.dropped > 0) findings.note('dropped', 'leftOut', place, decoded.dropped)
  const sensor = setSensor ?? decoded.sensor
  let { events } = decoded
  for (let trouble = troubleOf(place, events, sensor); trouble; trouble = troubleOf(place, events, sensor)) {
    const mends = settings.problems === 'repair' && trouble.mend !== undefined
    findings.note(trouble.kind, mends ? 'repaired' : 'leftOut', place, trouble.events)
    if (settings.problems === 'refuse') throw trouble.error
    if (!mends || !trouble.mend) return null
    events = trouble.mend()
  }
  return { events, sensor }
}
