import { checkFields, type FieldProblem } from '../fields.ts'
import type { ErrorCode, ErrorData } from '../errors/index.ts'
import type { LayerNode, ModelDocument } from './document.ts'
import {
  elementCount,
  shapeText,
  shapeValue,
  type LayerDefinition,
  type ParameterSpec,
} from './layerDefinition.ts'
import { findLayer, layerDefinitions } from './layers/index.ts'
import { findSurrogate } from './surrogates.ts'

/** What is wrong with a layer, in a form that every edge can put into words. */
export interface LayerProblem {
  code: ErrorCode
  data: ErrorData
  /** The field of the layer that it belongs to, where there is one. */
  field?: string
}

/** A layer with everything that follows from its place in the model. */
export interface InferredLayer {
  node: LayerNode
  definition: LayerDefinition | undefined
  inputShape: number[] | null
  outputShape: number[] | null
  parameters: ParameterSpec[]
  parameterCount: number
  problems: LayerProblem[]
}

export interface InferredModel {
  layers: InferredLayer[]
  outputShape: number[] | null
  parameterCount: number
  /** Problems of the model as a whole. */
  problems: LayerProblem[]
  valid: boolean
}

function surrogateProblems(definition: LayerDefinition, node: LayerNode): FieldProblem[] {
  return definition.fields.flatMap((field) => {
    const value = node.params[field.key]
    if (field.type !== 'surrogate' || typeof value !== 'object' || value === null) return []
    const surrogate = findSurrogate(value.name)
    if (!surrogate) return []
    const { name: _name, ...parameters } = value
    return checkFields(surrogate.fields, parameters).map((problem) => ({ ...problem, key: field.key }))
  })
}

function inferLayer(node: LayerNode, inputShape: number[] | null, from: string): InferredLayer {
  const definition = findLayer(node.kind)
  const base = { node, definition, inputShape, outputShape: null, parameters: [], parameterCount: 0 }
  if (!definition) {
    const known = layerDefinitions.map((layer) => layer.kind).join(', ')
    return {
      ...base,
      problems: [{ code: 'model.unknownLayer', data: { layer: node.id, kind: node.kind, known } }],
    }
  }
  const fieldProblems = [
    ...checkFields(definition.fields, node.params),
    ...surrogateProblems(definition, node),
  ]
  const problems: LayerProblem[] = fieldProblems.map(({ key, code, data }) => ({ code, data, field: key }))
  if (problems.length > 0 || !inputShape) return { ...base, problems }
  const shape = definition.inferShape(inputShape, node.params)
  if (!Array.isArray(shape)) {
    const data = { layer: node.id, kind: node.kind, wanted: shape.wanted, found: shape.found, from }
    return { ...base, problems: [{ code: 'model.shape', data }] }
  }
  const parameters = definition.parameters(inputShape, node.params)
  const parameterCount = parameters
    .filter((parameter) => parameter.learnable)
    .reduce((sum, parameter) => sum + elementCount(parameter.shape), 0)
  return { ...base, outputShape: shape, parameters, parameterCount, problems }
}

/**
 * Shapes, parameter counts and problems of every layer. Never throws: it runs while somebody types. A layer
 * after a broken one has no shapes, but its own fields are still checked.
 */
export function inferModel(model: ModelDocument): InferredModel {
  const layers: InferredLayer[] = []
  const problems: LayerProblem[] = []
  const seen = new Set<string>()
  let shape: number[] | null = [...model.input.shape]
  let from = 'input'
  for (const node of model.layers) {
    const layer = inferLayer(node, shape, from)
    if (seen.has(node.id)) layer.problems.push({ code: 'model.duplicateId', data: { layer: node.id } })
    seen.add(node.id)
    layers.push(layer)
    shape = layer.outputShape
    from = node.id
  }
  const last = layers.at(-1)
  if (!last) problems.push({ code: 'model.noLayers', data: {} })
  else if (last.definition && last.definition.family !== 'neuron') {
    last.problems.push({ code: 'model.lastNotNeuron', data: { layer: last.node.id, kind: last.node.kind } })
  }
  const parameterCount = layers.reduce((sum, layer) => sum + layer.parameterCount, 0)
  const valid = problems.length === 0 && layers.every((layer) => layer.problems.length === 0)
  return { layers, outputShape: shape, parameterCount, problems, valid }
}

/** Whether a model fits a dataset's images and classes; the problem, or null. */
export function fitProblem(
  model: ModelDocument,
  inferred: InferredModel,
  shape: readonly number[],
  classes: number,
  populationClasses = 0,
): LayerProblem | null {
  if (
    elementCount(model.input.shape) !== elementCount(shape) ||
    (model.input.shape.length > 1 && shapeText(model.input.shape) !== shapeText(shape))
  ) {
    return { code: 'model.input', data: { wanted: shapeValue(model.input.shape), found: shapeValue(shape) } }
  }
  const outputs = populationClasses || (inferred.outputShape ? elementCount(inferred.outputShape) : classes)
  if (outputs === classes) return null
  return {
    code: 'model.classes',
    data: { layer: inferred.layers.at(-1)?.node.id ?? '', found: outputs, wanted: classes },
  }
}
