import type { FieldValues } from '../../../src-shared/fields.ts'
import type { TargetKind } from '../../../src-shared/targetTables.ts'
import type { SampleStream } from '../draw.ts'
import { TransformStream } from '../random.ts'
import { convert } from './convertTargets.ts'
import { latency } from './latencyTargets.ts'
import { rate } from './rateTargets.ts'
import type { TargetCode } from './targetCode.ts'

export type { TargetCode } from './targetCode.ts'

/** The table of codes of labels. Their parameter tables stand in `targetTables`. */
export const targetCodes: Record<TargetKind, TargetCode> = { rate, latency, convert }

export interface TargetSettings {
  kind: TargetKind
  params: FieldValues
}

/** What the outputs should do for one sample. */
export interface SampleTargets {
  /** Whether they do not change over time. */
  still: boolean
  /** `[T,C]`; `[C]` where they are still. */
  values: Float32Array
}

const uses = { train: 'targetTrain', test: 'targetTest' } as const

/** The targets of one sample, whose pattern is its own where it is drawn at random. Throws what `encode` throws. */
export function targetsOf(
  { kind, params }: TargetSettings,
  label: number,
  classes: number,
  timeSteps: number,
  stream: SampleStream,
): SampleTargets {
  const code = targetCodes[kind]
  const numbers = new TransformStream(stream, 0, uses)
  const values = code.encode(Uint8Array.of(label), classes, timeSteps, params, () => numbers.uniform())
  return { still: code.still(params), values }
}
