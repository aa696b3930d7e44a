import { encodingTables, type EncodingKind } from '../../src-shared/encodingTables.ts'
import { optimizerTables, type OptimizerKind } from '../../src-shared/experimentFields.ts'
import type {
  EncodingSettings,
  ExperimentDocument,
  RegulariserSettings,
} from '../../src-shared/experiment.ts'
import { defaultValues, type Field, type FieldValue, type FieldValues } from '../../src-shared/fields.ts'
import { lossTables, type LossKind } from '../../src-shared/lossTables.ts'
import { regulariserTables, type RegulariserKind } from '../../src-shared/regulariserTables.ts'
import {
  clippingTables,
  scheduleTables,
  type ClippingKind,
  type ScheduleKind,
} from '../../src-shared/scheduleTables.ts'

/** Parts of a document that are a kind and the values of its table. */
export type SettingsPart = 'encoding' | 'loss' | 'optimizer' | 'schedule' | 'clipping'

const parts: readonly string[] = ['encoding', 'loss', 'optimizer', 'schedule', 'clipping']

export const isSettings = (head: string): head is SettingsPart => parts.includes(head)

/** What suits one kind says nothing about another. */
const ownDefaults = ['learningRate', 'readout', 'weightDecay', 'period', 'gamma', 'most', 'strength']

/** The fields of the kind that a part has. */
export function settingsFields(experiment: ExperimentDocument, part: SettingsPart): readonly Field[] {
  if (part === 'encoding') return encodingTables[experiment.encoding.kind].fields
  if (part === 'loss') return lossTables[experiment.loss.kind].fields
  if (part === 'schedule') return scheduleTables[experiment.schedule.kind].fields
  if (part === 'clipping') return clippingTables[experiment.clipping.kind].fields
  return optimizerTables[experiment.optimizer.kind].fields
}

/** An encoding of another kind, which keeps what the old one says about parameters of the same name. */
export function encodingOfKind(kind: EncodingKind, old: FieldValues): EncodingSettings {
  return { kind, params: carriedOver(encodingTables[kind].fields, old) }
}

/** The new kind's defaults, with what the old values already say about parameters of the same name. */
export function carriedOver(fields: readonly Field[], old: FieldValues): FieldValues {
  const values = defaultValues(fields)
  for (const key of Object.keys(values)) if (key in old && !ownDefaults.includes(key)) values[key] = old[key]
  return values
}

/** The document with a part of another kind, or with one value of it changed. */
export function withSettings(
  experiment: ExperimentDocument,
  part: SettingsPart,
  key: string,
  value: FieldValue,
): ExperimentDocument {
  const { params } = experiment[part]
  if (key !== 'kind')
    return { ...experiment, [part]: { ...experiment[part], params: { ...params, [key]: value } } }
  switch (part) {
    case 'encoding':
      return { ...experiment, encoding: encodingOfKind(value as EncodingKind, params) }
    case 'loss': {
      const kind = value as LossKind
      return { ...experiment, loss: { kind, params: carriedOver(lossTables[kind].fields, params) } }
    }
    case 'schedule': {
      const kind = value as ScheduleKind
      return { ...experiment, schedule: { kind, params: carriedOver(scheduleTables[kind].fields, params) } }
    }
    case 'clipping': {
      const kind = value as ClippingKind
      return { ...experiment, clipping: { kind, params: carriedOver(clippingTables[kind].fields, params) } }
    }
    case 'optimizer': {
      const kind = value as OptimizerKind
      return { ...experiment, optimizer: { kind, params: carriedOver(optimizerTables[kind].fields, params) } }
    }
  }
}

/** What the choice of a regulariser says where there is none. */
export const noRegulariser = 'none'
/** What the choice of its layers says where it is for all of them; else ids with commas between them. */
export const allLayers = '*'

/** The value of a regulariser as a form has it; undefined where there is no such regulariser. */
export function regulariserValue(
  regularisers: readonly RegulariserSettings[],
  index: number,
  key: string,
): FieldValue | undefined {
  const found = regularisers[index] as RegulariserSettings | undefined
  if (key === 'kind') return found?.kind ?? noRegulariser
  if (key === 'layers') return found && found.layers.length > 0 ? found.layers.join(',') : allLayers
  return found?.params[key]
}

/** The regularisers with one value changed; choosing a kind at the end adds one, choosing none takes one away. */
export function withRegulariser(
  regularisers: readonly RegulariserSettings[],
  index: number,
  key: string,
  value: FieldValue,
): RegulariserSettings[] {
  if (key === 'kind') {
    if (value === noRegulariser) return regularisers.filter((_, i) => i !== index)
    const kind = value as RegulariserKind
    const layers = regularisers[index]?.layers ?? []
    return [
      ...regularisers.slice(0, index),
      { kind, params: defaultValues(regulariserTables[kind].fields), layers },
      ...regularisers.slice(index + 1),
    ]
  }
  return regularisers.map((each, i) => {
    if (i !== index) return each
    if (key !== 'layers') return { ...each, params: { ...each.params, [key]: value } }
    return { ...each, layers: value === allLayers ? [] : String(value).split(',') }
  })
}
