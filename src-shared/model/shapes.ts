import { checkFields, type FieldProblem } from '../fields.ts'
import type { ErrorCode, ErrorData } from '../errors/index.ts'
import { connectionProblems, layerInputs, networkInput } from './connections.ts'
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
  /** Ids of the layers that it reads, or `"input"`. */
  inputs: string[]
  /** Shape of what it reads, of several inputs the first; null where it is not known. */
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

/** Whether a layer reads as many inputs as its kind takes. */
function countProblem(definition: LayerDefinition, { id, kind }: LayerNode, count: number): LayerProblem[] {
  if (definition.join ? count >= 2 : count === 1) return []
  const wanted = { phrase: definition.join ? 'inputs.several' : 'inputs.one' } as const
  return [{ code: 'model.inputCount', data: { layer: id, kind, found: count, wanted }, field: 'inputs' }]
}

function inferLayer(node: LayerNode, inputs: string[], shapes: readonly (number[] | null)[]): InferredLayer {
  const definition = findLayer(node.kind)
  const inputShape = shapes.at(0) ?? null
  const base = { node, definition, inputs, inputShape, outputShape: null, parameters: [], parameterCount: 0 }
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
  const problems: LayerProblem[] = [
    ...fieldProblems.map(({ key, code, data }) => ({ code, data, field: key })),
    ...countProblem(definition, node, inputs.length),
  ]
  const known = shapes.filter((each) => each !== null)
  if (problems.length > 0 || !inputShape || known.length < shapes.length) return { ...base, problems }
  const shape = definition.join?.(known, node.params) ?? definition.inferShape(inputShape, node.params)
  if (!Array.isArray(shape)) {
    const data = {
      layer: node.id,
      kind: node.kind,
      wanted: shape.wanted,
      found: shape.found,
      from: inputs.join(', '),
    }
    // Where several meet it is the choice of inputs that does not fit.
    const field = definition.join && { field: 'inputs' }
    return { ...base, problems: [{ code: 'model.shape', data, ...field }] }
  }
  const parameters = definition.parameters(inputShape, node.params)
  const parameterCount = parameters
    .filter((parameter) => parameter.learnable)
    .reduce((sum, parameter) => sum + elementCount(parameter.shape), 0)
  return { ...base, outputShape: shape, parameters, parameterCount, problems }
}

/**
 * Shapes, parameter counts and problems of every layer. Never throws: it runs while somebody types. A layer
 * that reads a broken one has no shapes, but its own fields are still checked.
 */
export function inferModel(model: ModelDocument): InferredModel {
  const layers: InferredLayer[] = []
  const problems: LayerProblem[] = []
  const seen = new Set<string>()
  const shapes = new Map<string, number[] | null>([[networkInput, [...model.input.shape]]])
  const inputs = layerInputs(model.layers)
  const connections = connectionProblems(model.layers)
  model.layers.forEach((node, i) => {
    const layer = inferLayer(
      node,
      inputs[i],
      inputs[i].map((id) => shapes.get(id) ?? null),
    )
    layer.problems.push(...connections[i])
    if (seen.has(node.id)) layer.problems.push({ code: 'model.duplicateId', data: { layer: node.id } })
    seen.add(node.id)
    layers.push(layer)
    if (node.id !== networkInput) shapes.set(node.id, layer.outputShape)
  })
  const last = layers.at(-1)
  if (!last) problems.push({ code: 'model.noLayers', data: {} })
  else if (last.definition && last.definition.family !== 'neuron') {
    last.problems.push({ code: 'model.lastNotNeuron', data: { layer: last.node.id, kind: last.node.kind } })
  }
  const parameterCount = layers.reduce((sum, layer) => sum + layer.parameterCount, 0)
  const valid = problems.length === 0 && layers.every((layer) => layer.problems.length === 0)
  return {
    layers,
    outputShape: last ? last.outputShape : [...model.input.shape],
    parameterCount,
    problems,
    valid,
  }
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
