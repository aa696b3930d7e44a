import { encodingTables, type EncodingKind } from '../../src-shared/encodingTables.ts'
import { optimizerTables, type OptimizerKind } from '../../src-shared/experimentFields.ts'
import { lossTables, type LossKind } from '../../src-shared/lossTables.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { defaultValues, type Field, type FieldValue, type FieldValues } from '../../src-shared/fields.ts'
import { findLayer } from '../../src-shared/model/layers/index.ts'

/**
 * Reading and changing an experiment by path, as `checkExperiment` names its places: `timeSteps`,
 * `dataset.subset`, `encoding.gain`, `optimizer.learningRate`, `model.lif1.beta`. Documents are never changed in
 * place. A value that was typed and is not a number stands in the document as the text it is.
 */

/** What suits one kind says nothing about another. */
const ownDefaults = ['learningRate', 'readout']

/** The new kind's defaults, with what the old values already say about parameters of the same name. */
function carriedOver(fields: readonly Field[], old: FieldValues): FieldValues {
  const values = defaultValues(fields)
  for (const key of Object.keys(values)) if (key in old && !ownDefaults.includes(key)) values[key] = old[key]
  return values
}

/** Parts of a document that are a kind and the values of its table. */
type SettingsPart = 'encoding' | 'loss' | 'optimizer'

const isSettings = (head: string): head is SettingsPart =>
  head === 'encoding' || head === 'loss' || head === 'optimizer'

function settingsFields(experiment: ExperimentDocument, part: SettingsPart): readonly Field[] {
  if (part === 'encoding') return encodingTables[experiment.encoding.kind].fields
  if (part === 'loss') return lossTables[experiment.loss.kind].fields
  return optimizerTables[experiment.optimizer.kind].fields
}

function withLayerValue(
  experiment: ExperimentDocument,
  layer: string,
  key: string,
  value: FieldValue,
): ExperimentDocument {
  const layers = experiment.model.layers.map((node) =>
    node.id === layer ? { ...node, params: { ...node.params, [key]: value } } : node,
  )
  return { ...experiment, model: { ...experiment.model, layers } }
}

/** The document with one value changed. */
export function withValue(
  experiment: ExperimentDocument,
  path: string,
  value: FieldValue,
): ExperimentDocument {
  const [head, ...rest] = path.split('.')
  const key = rest.join('.')
  switch (head) {
    case 'dataset':
      return { ...experiment, dataset: { ...experiment.dataset, [key]: value } }
    case 'encoding': {
      if (key !== 'kind') {
        const params = { ...experiment.encoding.params, [key]: value }
        return { ...experiment, encoding: { ...experiment.encoding, params } }
      }
      const kind = value as EncodingKind
      const params = carriedOver(encodingTables[kind].fields, experiment.encoding.params)
      return { ...experiment, encoding: { kind, params } }
    }
    case 'loss': {
      if (key !== 'kind') {
        const params = { ...experiment.loss.params, [key]: value }
        return { ...experiment, loss: { ...experiment.loss, params } }
      }
      const kind = value as LossKind
      return {
        ...experiment,
        loss: { kind, params: carriedOver(lossTables[kind].fields, experiment.loss.params) },
      }
    }
    case 'optimizer': {
      if (key !== 'kind') {
        const params = { ...experiment.optimizer.params, [key]: value }
        return { ...experiment, optimizer: { ...experiment.optimizer, params } }
      }
      const kind = value as OptimizerKind
      const params = carriedOver(optimizerTables[kind].fields, experiment.optimizer.params)
      return { ...experiment, optimizer: { kind, params } }
    }
    case 'model':
      return withLayerValue(experiment, rest.slice(0, -1).join('.'), rest.at(-1) ?? '', value)
    default:
      return { ...experiment, [head]: value }
  }
}

/** The value at a path; undefined where the document has no such place. */
export function valueAt(experiment: ExperimentDocument, path: string): FieldValue | undefined {
  const [head, ...rest] = path.split('.')
  const key = rest.join('.')
  if (head === 'dataset') return (experiment.dataset as unknown as FieldValues)[key]
  if (isSettings(head)) {
    return key === 'kind' ? experiment[head].kind : experiment[head].params[key]
  }
  if (head === 'model') {
    const node = experiment.model.layers.find((layer) => layer.id === rest.slice(0, -1).join('.'))
    return node?.params[rest.at(-1) ?? '']
  }
  return (experiment as unknown as FieldValues)[head]
}

/**
 * What a value counts as unchanged against: that of the base where it has the same encoder, optimizer or layer,
 * else the default of the table.
 */
export function baseValueAt(
  base: ExperimentDocument,
  experiment: ExperimentDocument,
  path: string,
): FieldValue | undefined {
  const [head, ...rest] = path.split('.')
  const key = rest.at(-1) ?? ''
  if (key === 'kind' || (!isSettings(head) && head !== 'model')) return valueAt(base, path)
  if (head === 'model') {
    const id = rest.slice(0, -1).join('.')
    const now = experiment.model.layers.find((layer) => layer.id === id)
    const then = base.model.layers.find((layer) => layer.id === id)
    if (now && then?.kind === now.kind) return then.params[key]
    return defaultValues(findLayer(now?.kind ?? '')?.fields ?? [])[key]
  }
  if (base[head].kind === experiment[head].kind) return base[head].params[key]
  return defaultValues(settingsFields(experiment, head))[key]
}

export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => a[key] === b[key])
}
