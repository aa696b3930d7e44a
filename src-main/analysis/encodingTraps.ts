import type { EncodedValues } from '../../src-shared/encodedValues.ts'
import type { EncodingChange, EncodingReport, EncodingTrap } from '../../src-shared/encodingContract.ts'
import type { EncodingSettings } from '../../src-shared/experiment.ts'
import { firstSpikeCode, type FirstSpikeCode } from './firstSpikeCode.ts'

/** An image, what it became, and what is known of that. */
export interface EncodedImageFacts {
  encoding: EncodingSettings
  timeSteps: number
  /** `[N]`, the brightness of each pixel. */
  x: Float32Array
  /** `[T,K·N]`. */
  values: EncodedValues
  report: Omit<EncodingReport, 'cost' | 'traps'>
}

/** All lit pixels in fewer than this share of the steps leave the others without meaning. */
const crowdedShare = 0.15
/** Below so many steps a code has no room to be spread in. */
const leastRoom = 8
/** A burst of fewer spikes than this share costs little. */
const burstShare = 0.1
/** Grey levels of pictures with fewer are nothing to lose. */
const leastLevels = 4
/** One spike for each lit pixel is what the first-spike codes need; so many times that is worth a word. */
const costlyTimes = 20
/** With so many steps a linear first-spike code keeps the brightnesses of a byte apart. */
const stepsOfByte = 256
/** The longest that is shown. */
const mostSteps = 1000

const spread = { linear: true, normalize: true }
const sparse = { ...spread, clip: true }

function crowded({ encoding, timeSteps }: EncodedImageFacts, code: FirstSpikeCode): EncodingTrap[] {
  const { window } = code
  if (timeSteps < leastRoom || window === null || window.steps > timeSteps * crowdedShare) return []
  const { params, kind } = encoding
  const straight =
    kind === 'latency' ? params.linear === true && params.normalize === true : params.curve === 'linear'
  const change: EncodingChange = { params: kind === 'latency' ? spread : { curve: 'linear' } }
  const data = { share: window.share, steps: window.steps, of: timeSteps, from: window.from + 1 }
  return [{ kind: 'crowded', data, changes: straight ? [] : [change] }]
}

function burst({ encoding, timeSteps, report }: EncodedImageFacts, code: FirstSpikeCode): EncodingTrap[] {
  const share = code.darkLast / Math.max(1, report.active)
  if (report.last === null || share < burstShare) return []
  const change: EncodingChange =
    encoding.kind === 'latency' ? { params: { clip: true } } : { kind: 'latency', params: sparse }
  const data = { spikes: code.darkLast, share, step: report.last + 1, of: timeSteps }
  return [{ kind: 'burst', data, changes: [change] }]
}

function dropped(code: FirstSpikeCode): EncodingTrap[] {
  if (code.litSilent === 0) return []
  const data = { pixels: code.litSilent, of: code.lit }
  return [{ kind: 'dropped', data, changes: [{ params: { normalize: true } }] }]
}

/** Of a first-spike code: `straight` where that is a change, and more steps where there are fewer than levels. */
function evenSteps(levels: number, timeSteps: number, straight: EncodingChange | null): EncodingChange[] {
  const longer = timeSteps <= levels ? { timeSteps: stepsOfByte } : {}
  const change = { ...longer, ...straight }
  return Object.keys(change).length > 0 ? [change] : []
}

function levelChanges(
  { encoding: { kind, params }, timeSteps }: EncodedImageFacts,
  levels: number,
): EncodingChange[] {
  switch (kind) {
    case 'latency': {
      const straight = params.linear === true && params.normalize === true
      return evenSteps(levels, timeSteps, straight ? null : { params: spread })
    }
    case 'firstSpike':
      return evenSteps(levels, timeSteps, params.curve === 'linear' ? null : { params: { curve: 'linear' } })
    case 'phase':
      return [{ timeSteps: Math.max(8, timeSteps), params: { phases: 8 } }]
    case 'population':
      return timeSteps < mostSteps ? [{ timeSteps: Math.min(mostSteps, 4 * timeSteps) }] : []
    default:
      return 'gain' in params ? [{ params: { gain: 1, offset: 0 } }] : []
  }
}

function lostLevels(facts: EncodedImageFacts): EncodingTrap[] {
  const { levels } = facts.report
  if (!levels || levels.levels < leastLevels || levels.told > levels.levels / 2) return []
  const { largest } = levels
  const data = {
    ...{ levels: levels.levels, told: levels.told },
    ...{ merged: largest.levels, from: largest.from, to: largest.to },
  }
  return [{ kind: 'levels', data, changes: levelChanges(facts, levels.levels) }]
}

function nothing({ encoding: { kind, params }, timeSteps }: EncodedImageFacts): EncodingTrap {
  const change: EncodingChange | null =
    kind === 'delta'
      ? { params: params.padding === true ? { padding: false } : { threshold: 0.1 } }
      : kind === 'latency'
        ? { params: { normalize: true } }
        : 'gain' in params
          ? { params: { gain: 1, offset: 0 } }
          : null
  return { kind: 'nothing', data: { of: timeSteps }, changes: change ? [change] : [] }
}

function still({ timeSteps, report }: EncodedImageFacts): EncodingTrap[] {
  if (timeSteps < 2 || report.last !== 0) return []
  const data = {
    ...{ spikes: report.active, of: timeSteps, empty: timeSteps - 1 },
    ...{ levels: report.levels?.levels ?? 0, told: report.levels?.told ?? 0 },
  }
  return [{ kind: 'still', data, changes: [{ kind: 'rate' }] }]
}

function costly({ encoding: { kind, params }, x, report }: EncodedImageFacts): EncodingTrap[] {
  if (kind !== 'rate' && kind !== 'poisson' && kind !== 'periodic') return []
  const lit = x.reduce((count, value) => count + (value > 0 ? 1 : 0), 0)
  if (lit === 0 || report.active <= costlyTimes * lit) return []
  const before = kind === 'rate' ? Math.min(1, Number(params.gain)) : 1
  const gain = Number((before / 4).toPrecision(3))
  const change: EncodingChange = { ...(kind === 'rate' ? {} : { kind: 'rate' as const }), params: { gain } }
  const data = { spikes: report.active, times: report.active / lit, lit }
  return [{ kind: 'costly', data, changes: [change] }]
}

/** Most steps without anything, with the shorter T that leaves out those at the end. */
export function emptySteps(
  { emptySteps: empty, last }: EncodedImageFacts['report'],
  timeSteps: number,
): EncodingTrap[] {
  if (last === null || empty <= timeSteps / 2) return []
  const changes = last + 1 < timeSteps ? [{ timeSteps: last + 1 }] : []
  return [{ kind: 'empty', data: { empty, of: timeSteps }, changes }]
}

/** What an encoding of an image can do that its user may not want; the sentences' numbers and what mends it. */
export function imageTraps(facts: EncodedImageFacts): EncodingTrap[] {
  const { encoding, timeSteps, x, values, report } = facts
  if (report.active === 0) return [nothing(facts)]
  if (encoding.kind === 'delta') return still(facts)
  const code = firstSpikeCode(encoding, x, values)
  const timed = code ? [...crowded(facts, code), ...burst(facts, code), ...dropped(code)] : []
  const narrow = timed.some(({ kind }) => kind === 'crowded')
  return [...timed, ...lostLevels(facts), ...(narrow ? [] : emptySteps(report, timeSteps)), ...costly(facts)]
}
