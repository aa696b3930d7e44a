import type { ExperimentDocument } from '../../../../src-shared/experiment.ts'
import { experimentSchema } from '../../../../src-shared/experimentSchema.ts'
import { upgradeExperiment } from '../../../../src-shared/experimentUpgrade.ts'
import { modelVersion, type LayerNode, type ModelDocument } from '../../../../src-shared/model/document.ts'
import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import { inferModel } from '../../../../src-shared/model/shapes.ts'
import type { NamedTensor } from '../../../engine/executor.ts'
import { floatsOf } from '../../../containers/dtypes.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import type { FileNode, TensorNode } from '../../files/openedFile.ts'
import { experimentAround } from '../importedExperiment.ts'
import type { ImportedNetwork } from '../importedNetwork.ts'
import type { Interview } from '../interview.ts'
import { findEvidence } from '../trainingEvidence.ts'
import { orderOf, readGraph, type NirGraph, type NirNode, type NirStep } from './graph.ts'
import { askStep, neuronTypes, nirNeuron } from './neurons.ts'
import { valuesOf } from './nodeValues.ts'
import { synapseNodes, type NirLayer } from './synapses.ts'

/** A network from a NIR graph; the conversions are those of the frameworks, see `neurons.ts`. */

function inputShape(node: NirNode): number[] {
  const shape = [...valuesOf(node, 'shape')]
  if (shape.length > 0 && shape.length <= 4 && shape.every((size) => Number.isInteger(size) && size > 0))
    return shape
  throw new FileProblem('problem.nirParameter', { name: shown(node.name), type: 'Input', parameter: 'shape' })
}

interface Built {
  model: ModelDocument
  parameters: NamedTensor[]
}

function layerOf(step: NirStep, shape: readonly number[], dt: number, interview: Interview): NirLayer {
  const { node } = step
  if (neuronTypes.includes(node.type)) {
    const { kind, params, parameters } = nirNeuron(step, elementCount(shape), dt, interview)
    return { layer: { id: node.name, kind, params }, parameters }
  }
  const make = Object.hasOwn(synapseNodes, node.type) ? synapseNodes[node.type] : null
  if (make && !step.recurrent) return make(node, shape)
  throw new FileProblem('problem.nirType', { name: shown(node.name), type: shown(node.type) })
}

function build(name: string, input: NirNode, steps: readonly NirStep[], interview: Interview): Built {
  const neurons = steps.map(({ node }) => node).filter(({ type }) => neuronTypes.includes(type))
  const dt = neurons.length > 0 ? askStep(neurons, interview) : 1e-4
  const layers: LayerNode[] = []
  const parameters: NamedTensor[] = []
  const model = { version: modelVersion, name, input: { shape: inputShape(input) }, layers }
  const shapeOf = (id: string): number[] | null =>
    id === 'input'
      ? model.input.shape
      : (inferModel(model).layers.find(({ node }) => node.id === id)?.outputShape ?? null)
  const add = (layer: LayerNode, source: string): void => {
    const before = layers.at(-1)?.id ?? 'input'
    layers.push(source === before ? layer : { ...layer, inputs: [source] })
  }
  for (const step of steps) {
    const { node } = step
    const sources = step.sources.map((source) => (source === input.name ? 'input' : source))
    if (new Set(sources).size !== sources.length)
      throw new FileProblem('problem.nirBranch', { name: shown(node.name) })
    if (sources.length > 1) layers.push({ id: `${node.name}.sum`, kind: 'add', params: {}, inputs: sources })
    const source = sources.length > 1 ? `${node.name}.sum` : sources[0]
    const shape = shapeOf(source)
    if (!shape) break
    const made = layerOf(step, shape, dt, interview)
    add(made.layer, source)
    parameters.push(...made.parameters)
  }
  return { model, parameters }
}

/** The same values in another shape, still read when they are asked for. */
function reshaped(tensor: NamedTensor, shape: readonly number[]): NamedTensor {
  return {
    name: tensor.name,
    shape: [...shape],
    get data() {
      return tensor.data
    },
  }
}

/** Every parameter of the model in its order; a shape may differ from the file's by axes of neurons. */
function ordered({ model, parameters }: Built): NamedTensor[] {
  const found = new Map(parameters.map((tensor) => [tensor.name, tensor]))
  return inferModel(model).layers.flatMap(({ node, parameters: specs }) =>
    specs.map(({ name, shape }) => {
      const tensor = found.get(`${node.id}.${name}`)
      const wanted = shape.join('×')
      if (!tensor)
        throw new FileProblem('problem.parameterMissing', { name: `${node.id}.${name}`, shape: wanted })
      if (elementCount(tensor.shape) === elementCount(shape)) return reshaped(tensor, shape)
      throw new FileProblem('problem.parameterShape', {
        name: tensor.name,
        shape: wanted,
        found: tensor.shape.join('×'),
      })
    }),
  )
}

function sourcesOf({ nodes }: NirGraph): Map<string, TensorNode> {
  return new Map(
    [...nodes.values()].flatMap(({ name, params }) =>
      [...params.entries].flatMap(([key, value]): [string, TensorNode][] =>
        value.kind === 'tensor' ? [[`${name}.${key}`, value]] : [],
      ),
    ),
  )
}

/** The arrays of a graph, `<node>.<parameter>`; null where it cannot be read as one. */
export function nirTensors(root: FileNode): Map<string, TensorNode> | null {
  const top = root.kind === 'dict' ? root.entries.get('node') : undefined
  try {
    return top ? sourcesOf(readGraph(top)) : null
  } catch (thrown) {
    if (thrown instanceof FileProblem) return null
    throw thrown
  }
}

/** The experiment that this program writes into the metadata of a graph; null where there is none that it knows. */
function savedExperiment(graph: FileNode): ExperimentDocument | null {
  const metadata = graph.kind === 'dict' ? graph.entries.get('metadata') : undefined
  const node = metadata?.kind === 'dict' ? metadata.entries.get('spikedesk_experiment') : undefined
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return null
  try {
    return experimentSchema.parse(upgradeExperiment(JSON.parse(node.value)))
  } catch {
    return null
  }
}

/** Parameters that no node has, which this program writes beside them. */
function besideNodes(graph: FileNode): NamedTensor[] {
  const metadata = graph.kind === 'dict' ? graph.entries.get('metadata') : undefined
  const node = metadata?.kind === 'dict' ? metadata.entries.get('spikedesk_parameters') : undefined
  if (node?.kind !== 'dict') return []
  return [...node.entries].flatMap(([name, tensor]): NamedTensor[] => {
    const data = tensor.kind === 'tensor' ? floatsOf(tensor.dtype, tensor.read()) : null
    return tensor.kind === 'tensor' && data ? [{ name, shape: tensor.shape, data }] : []
  })
}

/** Whether the parameters of a graph are those of an experiment that was written beside them. */
function matches(
  experiment: ExperimentDocument,
  parameters: readonly NamedTensor[],
  beside: readonly NamedTensor[],
): NamedTensor[] | null {
  // What the nodes say goes before what stands beside them.
  const found = new Map([...beside, ...parameters].map((tensor) => [tensor.name, tensor]))
  const own: NamedTensor[] = []
  for (const { node, parameters: specs } of inferModel(experiment.model).layers) {
    for (const { name, shape } of specs) {
      const tensor = found.get(`${node.id}.${name}`)
      if (!tensor) return null
      const count = elementCount(shape)
      if (elementCount(tensor.shape) === count) {
        own.push(reshaped(tensor, shape))
        continue
      }
      if (tensor.data.some((value) => value !== tensor.data[0])) return null
      own.push({ name: tensor.name, shape: [...shape], data: new Float32Array(count).fill(tensor.data[0]) })
    }
  }
  return own
}

/** The network of a NIR file. Throws FileProblem where there is none that can be run. */
export function nirNetwork(root: FileNode, name: string, interview: Interview): ImportedNetwork {
  const top = root.kind === 'dict' ? root.entries.get('node') : undefined
  if (!top) throw new FileProblem('problem.nirGraph')
  const graph = readGraph(top)
  const { input, steps } = orderOf(graph)
  const built = build(name, input, steps, interview)
  const evidence = findEvidence({ kind: 'dict', entries: new Map() }, [])
  const saved = savedExperiment(top)
  const own = saved && matches(saved, built.parameters, besideNodes(top))
  if (saved && own) {
    return {
      framework: 'spikedesk',
      experiment: saved,
      parameters: own,
      sources: sourcesOf(graph),
      graph,
      ...{ histories: [], questions: [], facts: [], notes: [] },
    }
  }
  const parameters = ordered(built)
  const usual = { timeSteps: 25, encoding: 'constant', loss: 'ce_count' } as const
  return {
    framework: 'nir',
    experiment: experimentAround(built.model, interview, evidence, usual),
    parameters,
    sources: sourcesOf(graph),
    graph,
    histories: [],
    questions: interview.questions,
    facts: interview.facts,
    notes: interview.notes,
  }
}
