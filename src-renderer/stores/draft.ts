import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { defaultValues, type FieldValue, type FieldValues } from '../../src-shared/fields.ts'
import { findLayer } from '../../src-shared/model/layers/index.ts'
import { regulariserTables } from '../../src-shared/regulariserTables.ts'
import {
  isSettings,
  regulariserValue,
  settingsFields,
  withRegulariser,
  withSettings,
} from './settingsParts.ts'

/**
 * Reading and changing an experiment by path, as `checkExperiment` names its places: `timeSteps`,
 * `dataset.subset`, `encoding.gain`, `optimizer.learningRate`, `model.lif1.beta`. Documents are never changed in
 * place. A value that was typed and is not a number stands in the document as the text it is.
 */

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
  if (isSettings(head)) return withSettings(experiment, head, key, value)
  switch (head) {
    case 'dataset':
      return { ...experiment, dataset: { ...experiment.dataset, [key]: value } }
    case 'regularisers':
      return {
        ...experiment,
        regularisers: withRegulariser(experiment.regularisers, Number(rest[0]), rest[1], value),
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
  if (head === 'regularisers') return regulariserValue(experiment.regularisers, Number(rest[0]), rest[1])
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
  if (key === 'kind' || (!isSettings(head) && head !== 'model')) {
    const before = valueAt(base, path)
    return before === undefined && head === 'regularisers' ? regulariserDefault(experiment, rest) : before
  }
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

/** A regulariser that the base has not is held to the defaults of its table. */
function regulariserDefault(
  { regularisers }: ExperimentDocument,
  [index, key]: string[],
): FieldValue | undefined {
  const found = regularisers.at(Number(index))
  return found && defaultValues(regulariserTables[found.kind].fields)[key]
}

export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => a[key] === b[key])
}
