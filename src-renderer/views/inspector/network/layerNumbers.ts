import type { NetworkSummary, ParameterSummary } from '../../../../src-shared/checkpointContract.ts'
import type { Field, FieldValue } from '../../../../src-shared/fields.ts'
import type { LayerNode } from '../../../../src-shared/model/document.ts'
import { findLayer } from '../../../../src-shared/model/layers/index.ts'

/** Where a value of a layer comes from: a place in the file, an answer, what is usual, or nothing but the table. */
export interface Origin {
  from: 'file' | 'answer' | 'usual' | 'preset'
  /** The place in the file. */
  source: string
}

/** A value of a layer's parameter table, with its values in the file where those are tensors. */
export interface LayerNumber {
  field: Field
  value: FieldValue
  tensor: ParameterSummary | null
  origin: Origin
}

/** Where the value of a parameter of a layer comes from. */
export function originOf(network: NetworkSummary, layer: string, key: string): Origin {
  const named = (name: string): boolean => name === key || name === `${layer}.${key}`
  const question = network.questions.find(({ id }) => named(id))
  if (question) return { from: question.answered ? 'answer' : 'usual', source: '' }
  const fact = network.facts.find(({ name }) => named(name))
  if (fact) return { from: 'file', source: fact.source }
  const tensor = network.parameters.find((known) => known.layer === layer && known.name === key)
  if (tensor) return { from: 'file', source: `${layer}.${key}` }
  return { from: network.framework === 'spikedesk' ? 'file' : 'preset', source: '' }
}

/** The values of a layer in the order of its table. */
export function layerNumbers(network: NetworkSummary, node: LayerNode): LayerNumber[] {
  return (findLayer(node.kind)?.fields ?? []).map((field) => ({
    field,
    value: node.params[field.key] ?? field.default,
    tensor: network.parameters.find(({ layer, name }) => layer === node.id && name === field.key) ?? null,
    origin: originOf(network, node.id, field.key),
  }))
}

/** The number that stands in a layer's equation, as a range where neurons differ; null where nothing says it. */
export function equationNumber(
  network: NetworkSummary,
  node: LayerNode,
  key: string,
  derived: Readonly<Record<string, number>> = {},
): { min: number; max: number; learned: boolean } | null {
  const tensor = network.parameters.find(({ layer, name }) => layer === node.id && name === key)
  if (tensor?.range) return { ...tensor.range, learned: tensor.learnable }
  const value = derived[key] ?? node.params[key]
  return typeof value === 'number' ? { min: value, max: value, learned: false } : null
}
