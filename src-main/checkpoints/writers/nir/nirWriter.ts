import type { Phrase } from '../../../../src-shared/errors/index.ts'
import { gradesSpikes } from '../../../../src-shared/model/gradedSpikes.ts'
import { inferModel, type InferredLayer } from '../../../../src-shared/model/shapes.ts'
import { canonicalJson } from '../../canonicalJson.ts'
import { dictOf, textNode, type DictNode, type FileNode } from '../../files/openedFile.ts'
import type { ImportedNetwork } from '../../networks/importedNetwork.ts'
import { floatTensor } from '../tensorNodes.ts'
import { writeHdf5 } from './hdf5Writer.ts'
import { impossible, integers, nirMakers, nirNode, nirStep, type NirSite } from './nodes.ts'

/** Version of NIR whose layout is written. */
const nirVersion = '1.0.7'

interface Graph {
  nodes: [string, FileNode][]
  edges: [string, string][]
  notes: Phrase[]
}

/** What of a neuron NIR cannot say: it resets to a value at once. */
function lostOf({ node }: InferredLayer): Phrase[] {
  const { id, params } = node
  const subtracts = params.reset === 'subtract' || params.reset === 'soft'
  return [
    ...(subtracts ? [{ phrase: 'note.lostSubtraction', layer: id } as const] : []),
    ...(params.reset === 'none' ? [{ phrase: 'note.lostNoReset', layer: id } as const] : []),
    ...(params.resetDelay === true ? [{ phrase: 'note.lostDelay', layer: id } as const] : []),
  ]
}

function madeGraph({ experiment, parameters }: ImportedNetwork): Graph {
  const { layers } = inferModel(experiment.model)
  const known = new Map(parameters.map((tensor) => [tensor.name, tensor]))
  const graph: Graph = { nodes: [], edges: [], notes: [] }
  const taken = new Set(layers.map(({ node }) => node.id))
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name)
  const [input, output] = [free('input'), free('output')]
  graph.nodes.push([input, nirNode('Input', { shape: integers(...experiment.model.input.shape) })])
  // Where what a layer gives comes from: sums and dropout are no nodes, edges that meet are added.
  const providers = new Map<string, string[]>([['input', [input]]])
  let before = 'input'
  for (const inferred of layers) {
    const { id, kind } = inferred.node
    const sources = (inferred.node.inputs ?? [before]).flatMap((source) => providers.get(source) ?? [])
    before = id
    if (kind === 'dropout' || (kind === 'add' && new Set(sources).size === sources.length)) {
      providers.set(id, sources)
      continue
    }
    providers.set(id, [id])
    const site: NirSite = { inferred, parameter: (name) => known.get(`${id}.${name}`) }
    const make = Object.hasOwn(nirMakers, kind) ? nirMakers[kind] : null
    // Graded spikes and inhibition change what other layers get.
    const { params } = inferred.node
    if (!make || gradesSpikes(params) || params.inhibition === true) throw impossible(site)
    const { node, recurrent } = make(site)
    graph.nodes.push([id, node])
    graph.edges.push(...sources.map((source): [string, string] => [source, id]))
    if (recurrent) {
      const loop = free(`${id}.w_rec`)
      graph.nodes.push([loop, recurrent])
      graph.edges.push([id, loop], [loop, id])
    }
    graph.notes.push(...lostOf(inferred))
  }
  graph.nodes.push([output, nirNode('Output', { shape: integers(...(layers.at(-1)?.outputShape ?? [])) })])
  graph.edges.push([before, output])
  return graph
}

/** The graph that the network came from, bit for bit; inner graphs stay opened up. */
function keptGraph(graph: NonNullable<ImportedNetwork['graph']>): Graph {
  return {
    nodes: [...graph.nodes].map(([name, { params }]) => [name, params]),
    edges: graph.edges,
    notes: [],
  }
}

/** Parameters of neurons that learn what NIR has no name for. */
function unnamed({ experiment, parameters }: ImportedNetwork): [string, FileNode][] {
  const kinds = new Map(experiment.model.layers.map(({ id, kind }) => [id, kind]))
  return parameters
    .filter(({ name }) => {
      const dot = name.lastIndexOf('.')
      return name.slice(dot + 1) === 'w' && kinds.get(name.slice(0, dot)) === 'plif'
    })
    .map((tensor) => [tensor.name, floatTensor(tensor)])
}

function rootOf({ nodes, edges }: Graph, network: ImportedNetwork): DictNode {
  const pairs: FileNode = {
    kind: 'list',
    type: 'list',
    items: edges.map((edge) => ({ kind: 'list', type: 'list', items: edge.map(textNode) })),
  }
  const metadata = dictOf([
    ['framework', textNode('spikedesk')],
    ['dt', textNode(String(nirStep))],
    ['spikedesk_experiment', textNode(canonicalJson(network.experiment))],
    ['spikedesk_parameters', dictOf(unnamed(network))],
  ])
  const graph = dictOf([
    ['type', textNode('NIRGraph')],
    ['nodes', dictOf(nodes)],
    ['edges', pairs],
    ['metadata', metadata],
  ])
  return dictOf([
    ['version', textNode(nirVersion)],
    ['node', graph],
  ])
}

/**
 * A network as NIR, with what NIR cannot say in the metadata of the graph; `notes` is what other programs will not
 * know. Throws `export.layer` for a layer that NIR has no node for; writing throws `checkpoint.unwritable`.
 */
export function planNir(network: ImportedNetwork): { notes: Phrase[]; write(path: string): Promise<void> } {
  const graph = network.graph ? keptGraph(network.graph) : madeGraph(network)
  return { notes: graph.notes, write: (path) => writeHdf5(path, rootOf(graph, network)) }
}
