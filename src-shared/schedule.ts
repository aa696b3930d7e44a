import { parseNumbers, type FieldValues } from './fields.ts'
import type { ScheduleKind } from './scheduleTables.ts'

/**
 * The learning rate of every batch, by torch's formulas (`torch.optim.lr_scheduler`). Most schedules change with the
 * epoch; one cycle and the warm-up change with the step of the optimizer. A schedule begins after its warm-up, as if
 * the run began there.
 */

/** What decides the learning rates of a run. */
export interface ScheduleSpec {
  kind: ScheduleKind
  params: FieldValues
  /** The optimizer's own learning rate, η. */
  learningRate: number
  epochs: number
  /** Steps of the optimizer in an epoch. */
  stepsPerEpoch: number
}

/** What `plateau` remembers from epoch to epoch. */
export interface PlateauState {
  /** The best that was watched so far; null before the first epoch. */
  best: number | null
  /** Epochs since then that were no better. */
  bad: number
  /** Epochs that are not counted yet. */
  cooldown: number
  learningRate: number
}

/** Scores of an epoch, one of which `plateau` watches. */
export interface WatchedScores {
  trainLoss: number
  testLoss: number
  testAccuracy: number
}

/** A smaller change of the learning rate is not made. */
const smallestChange = 1e-8

const cosine = (from: number, to: number, share: number) =>
  to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2
const line = (from: number, to: number, share: number) => from + (to - from) * share

/** CosineAnnealingWarmRestarts: how far epoch `epoch` is in its cosine, 0 to 1. */
function shareOfRestart(epoch: number, period: number, growth: number): number {
  let length = period
  let since = epoch
  while (since >= length) {
    since -= length
    length *= growth
  }
  return since / length
}

/** OneCycleLR without cycled momentum, at step `step` of the whole run. */
function oneCycle({ params, learningRate, epochs, stepsPerEpoch }: ScheduleSpec, step: number): number {
  const total = epochs * stepsPerEpoch
  const first = learningRate / Number(params.startDivisor)
  const last = first / Number(params.endDivisor)
  const anneal = params.anneal === 'linear' ? line : cosine
  const rise = Number(params.rise) * total - 1
  const phases = params.threePhases
    ? [
        { end: rise, from: first, to: learningRate },
        { end: 2 * rise, from: learningRate, to: first },
        { end: total - 1, from: first, to: last },
      ]
    : [
        { end: rise, from: first, to: learningRate },
        { end: total - 1, from: learningRate, to: last },
      ]
  let start = 0
  for (const [i, { end, from, to }] of phases.entries()) {
    // A rise of less than a step has no length.
    if (step <= end || i === phases.length - 1) {
      return anneal(from, to, end > start ? Math.min(1, (step - start) / (end - start)) : 1)
    }
    start = end
  }
  return last
}

/** Epochs over which the learning rate rises to η. */
export function warmupEpochs({ params }: Pick<ScheduleSpec, 'params'>): number {
  return Number(params.warmup ?? 0)
}

/** The rate of an epoch after the warm-up, counted from 0. */
function rateOfEpoch(spec: ScheduleSpec, epoch: number): number {
  const { kind, params, learningRate } = spec
  switch (kind) {
    case 'step':
      return learningRate * Number(params.gamma) ** Math.floor(epoch / Number(params.every))
    case 'multistep': {
      const passed = (parseNumbers(String(params.milestones)) ?? []).filter((milestone) => milestone <= epoch)
      return learningRate * Number(params.gamma) ** passed.length
    }
    case 'exponential':
      return learningRate * Number(params.gamma) ** epoch
    case 'cosine': {
      const period = Number(params.period) || Math.max(1, spec.epochs - warmupEpochs(spec))
      return cosine(learningRate, Number(params.lowest), epoch / period)
    }
    case 'cosine_restarts': {
      const share = shareOfRestart(epoch, Number(params.period), Number(params.growth))
      return cosine(learningRate, Number(params.lowest), share)
    }
    default:
      return learningRate
  }
}

/**
 * The learning rate of a step.
 *
 * @param epoch counted from 0
 * @param step of the optimizer within the epoch, counted from 0
 * @param plateau what `plateau` remembers; null where nothing is
 */
export function learningRateOf(
  spec: ScheduleSpec,
  epoch: number,
  step: number,
  plateau: PlateauState | null = null,
): number {
  const { kind, params, learningRate, stepsPerEpoch } = spec
  const done = epoch * stepsPerEpoch + step
  if (kind === 'one_cycle') return oneCycle(spec, done)
  const warmup = warmupEpochs(spec)
  if (epoch < warmup) {
    return learningRate * line(Number(params.warmupFrom ?? 0), 1, done / (warmup * stepsPerEpoch))
  }
  if (kind === 'plateau') return plateau?.learningRate ?? learningRate
  return rateOfEpoch(spec, epoch - warmup)
}

/** What `plateau` remembers before the first epoch; null for the other schedules. */
export function startPlateau({ kind, learningRate }: ScheduleSpec): PlateauState | null {
  return kind === 'plateau' ? { best: null, bad: 0, cooldown: 0, learningRate } : null
}

function isBetter({ params }: ScheduleSpec, found: number, best: number): boolean {
  const threshold = Number(params.threshold)
  const higher = params.watched === 'testAccuracy'
  if (params.thresholdMode === 'absolute') return higher ? found > best + threshold : found < best - threshold
  return higher ? found > best * (1 + threshold) : found < best * (1 - threshold)
}

/**
 * ReduceLROnPlateau after an epoch, counted from 0. Epochs of the warm-up are not watched.
 *
 * @returns what to remember; null as it came
 */
export function watchPlateau(
  spec: ScheduleSpec,
  state: PlateauState | null,
  epoch: number,
  scores: WatchedScores,
): PlateauState | null {
  if (!state || epoch < warmupEpochs(spec)) return state
  const { params } = spec
  const found = scores[params.watched as keyof WatchedScores]
  const better = state.best === null || isBetter(spec, found, state.best)
  const waits = state.cooldown > 0
  const next: PlateauState = {
    best: better ? found : state.best,
    bad: better || waits ? 0 : state.bad + 1,
    cooldown: waits ? state.cooldown - 1 : 0,
    learningRate: state.learningRate,
  }
  if (next.bad <= Number(params.patience)) return next
  const lower = Math.max(state.learningRate * Number(params.factor), Number(params.lowest))
  return {
    ...next,
    bad: 0,
    cooldown: Number(params.cooldown),
    learningRate: state.learningRate - lower > smallestChange ? lower : state.learningRate,
  }
}

/** A point of the curve: the epoch, with its fraction, and the learning rate from there on. */
export type RatePoint = [epoch: number, learningRate: number]

/**
 * The curve of the learning rate over a run, for a picture: at most about `most` points. Of `plateau` it is what
 * holds as long as everything gets better.
 */
export function rateCurve(spec: ScheduleSpec, most = 200): RatePoint[] {
  const perBatch = spec.kind === 'one_cycle' || warmupEpochs(spec) > 0
  const each = perBatch ? spec.stepsPerEpoch : 1
  const total = spec.epochs * each
  const stride = Math.max(1, Math.ceil(total / most))
  const points: RatePoint[] = []
  for (let at = 0; at < total; at += stride) {
    const epoch = Math.floor(at / each)
    points.push([at / each, learningRateOf(spec, epoch, at % each)])
  }
  return points
}
