import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import type { DictNode, FileNode } from '../../files/openedFile.ts'

/** A NIR graph: nodes by name with their type and parameters, and edges; nested graphs are opened up. */
export interface NirNode {
  name: string
  type: string
  params: DictNode
}

export interface NirGraph {
  nodes: Map<string, NirNode>
  edges: [from: string, to: string][]
}

/** A node in its place between input and output; `recurrent` is the synapse of a loop around it. */
export interface NirStep {
  node: NirNode
  recurrent: NirNode | null
  /** Names of the nodes whose outputs it gets, summed. */
  sources: string[]
}

const deepest = 16

function text(node: FileNode | undefined): string {
  return node?.kind === 'scalar' ? String(node.value) : ''
}

function pairs(node: FileNode | undefined): [string, string][] {
  if (node?.kind !== 'list') return []
  return node.items.map((edge) => {
    const [from, to] = edge.kind === 'list' ? edge.items.map(text) : []
    if (from === undefined || to === undefined) throw new FileProblem('problem.nirGraph')
    return [from, to]
  })
}

/** Reads a graph; names of inner graphs come before those of their nodes, with a dot. */
export function readGraph(root: FileNode, prefix = '', depth = 0): NirGraph {
  const graph: NirGraph = { nodes: new Map(), edges: [] }
  const inside = root.kind === 'dict' ? root.entries.get('nodes') : undefined
  if (root.kind !== 'dict' || inside?.kind !== 'dict' || depth > deepest)
    throw new FileProblem('problem.nirGraph')
  const inner = new Set<string>()
  for (const [name, node] of inside.entries) {
    if (node.kind !== 'dict') throw new FileProblem('problem.nirGraph')
    const type = text(node.entries.get('type'))
    if (type !== 'NIRGraph') {
      graph.nodes.set(prefix + name, { name: prefix + name, type, params: node })
      continue
    }
    inner.add(prefix + name)
    const nested = readGraph(node, `${prefix}${name}.`, depth + 1)
    for (const [key, child] of nested.nodes) graph.nodes.set(key, child)
    graph.edges.push(...nested.edges)
  }
  for (const [from, to] of pairs(root.entries.get('edges'))) {
    // Edges to an inner graph lead to its input, edges from it come from its output.
    const start = inner.has(prefix + from) ? `${prefix}${from}.output` : prefix + from
    const end = inner.has(prefix + to) ? `${prefix}${to}.input` : prefix + to
    graph.edges.push([start, end])
  }
  const stray = graph.edges.flat().find((name) => !graph.nodes.has(name))
  if (stray !== undefined) throw new FileProblem('problem.nirEdge', { name: shown(stray) })
  return graph
}

const synapses = ['Affine', 'Linear', 'Scale']

/** Synapses that lead from a neuron straight back to it. */
function loops({ nodes, edges }: NirGraph): Map<string, NirNode> {
  const found = new Map<string, NirNode>()
  for (const node of nodes.values()) {
    const [inputs, outputs] = [0, 1].map((side) => edges.filter((edge) => edge[1 - side] === node.name))
    if (!synapses.includes(node.type) || inputs.length !== 1 || outputs.length !== 1) continue
    if (inputs[0][0] === outputs[0][1]) found.set(inputs[0][0], node)
  }
  return found
}

/** The circle that a node stands in; null where it stands in none. */
export function circleFrom(graph: NirGraph, start: string): string[] | null {
  const reached = new Map<string, string>()
  const open = [start]
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    for (const [from, to] of graph.edges) {
      if (from !== name || reached.has(to)) continue
      reached.set(to, name)
      if (to !== start) open.push(to)
    }
  }
  if (!reached.has(start)) return null
  const circle = [start]
  for (let at = reached.get(start); at !== undefined && at !== start; at = reached.get(at)) circle.unshift(at)
  return circle
}

/**
 * The nodes of a graph in an order of computation, from its input to its output. Loops of one synapse around a
 * neuron become part of it. Throws FileProblem where the rest runs in a circle, naming the nodes.
 */
export function orderOf(graph: NirGraph): { input: NirNode; steps: NirStep[] } {
  const recurrent = loops(graph)
  const inLoops = new Set([...recurrent.values()].map(({ name }) => name))
  const edges = graph.edges.filter(([from, to]) => !inLoops.has(from) && !inLoops.has(to))
  const inputs = [...graph.nodes.values()].filter(
    ({ type, name }) => type === 'Input' && !edges.some(([, to]) => to === name),
  )
  if (inputs.length !== 1) throw new FileProblem('problem.nirInputs', { count: inputs.length })
  const [input] = inputs
  // Inputs and outputs of inner graphs hand on what they get.
  const passes = ({ type, name }: NirNode) => name !== input.name && (type === 'Input' || type === 'Output')
  const waiting = new Map([...graph.nodes].filter(([name]) => !inLoops.has(name) && name !== input.name))
  const providers = new Map<string, string[]>([[input.name, [input.name]]])
  const steps: NirStep[] = []
  while (waiting.size > 0) {
    const ready = [...waiting.values()].find(({ name }) => {
      const arriving = edges.filter(([, to]) => to === name)
      return arriving.length > 0 && arriving.every(([from]) => providers.has(from))
    })
    if (!ready) throw stuck({ nodes: graph.nodes, edges }, [...waiting.keys()])
    waiting.delete(ready.name)
    const sources = edges.filter(([, to]) => to === ready.name).flatMap(([from]) => providers.get(from) ?? [])
    providers.set(ready.name, passes(ready) ? sources : [ready.name])
    if (!passes(ready)) steps.push({ node: ready, recurrent: recurrent.get(ready.name) ?? null, sources })
  }
  const last = steps.at(-1)?.node.name
  for (const { type, name } of graph.nodes.values()) {
    const given = providers.get(name)
    const ends = type === 'Output' && !edges.some(([from]) => from === name)
    if (ends && given?.join() !== last) throw new FileProblem('problem.nirOutput', { name: shown(name) })
  }
  return { input, steps }
}

/** Why the rest of a graph has no order: a circle, or a node that nothing leads to. */
function stuck(graph: NirGraph, names: readonly string[]): FileProblem {
  for (const name of names) {
    const circle = circleFrom(graph, name)
    if (circle)
      return new FileProblem('problem.nirCircle', { nodes: circle.slice(0, 8).map(shown).join(' → ') })
  }
  return new FileProblem('problem.nirBranch', { name: shown(names[0]) })
}
