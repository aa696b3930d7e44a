import { SpikedeskError } from '../../../../src-shared/errors/index.ts'
import type { LayerNode } from '../../../../src-shared/model/document.ts'
import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import type { InferredLayer } from '../../../../src-shared/model/shapes.ts'
import type { NamedTensor } from '../../../engine/executor.ts'
import { circuitOf } from '../../../../src-shared/model/circuit.ts'
import { dtypeNamed } from '../../../containers/dtypes.ts'
import { dictOf, textNode, type DictNode, type FileNode } from '../../files/openedFile.ts'
import { floatTensor } from '../tensorNodes.ts'

/** The nodes of NIR that say what a layer does; neurons by Euler's rule with a step of 1e-4 s. */
export const nirStep = 1e-4

/** A layer in its place, with its parameters by name. */
export interface NirSite {
  inferred: InferredLayer
  parameter(name: string): NamedTensor | undefined
}

/** A node, and the synapse of a loop around it. */
export interface NewNirNodes {
  node: DictNode
  recurrent: DictNode | null
}

export function doubles(values: ArrayLike<number>, shape: number[]): FileNode {
  const bytes = new Uint8Array(Float64Array.from(values).buffer)
  return { kind: 'tensor', dtype: dtypeNamed('float64'), shape, device: '', read: () => bytes.slice() }
}

export function integers(...values: number[]): FileNode {
  const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
  return {
    kind: 'tensor',
    dtype: dtypeNamed('int64'),
    shape: [values.length],
    device: '',
    read: () => bytes.slice(),
  }
}

function integer(value: number): FileNode {
  const node = integers(value)
  return node.kind === 'tensor' ? { ...node, shape: [] } : node
}

export function nirNode(type: string, entries: Record<string, FileNode>): DictNode {
  return dictOf([['type', textNode(type)], ...Object.entries(entries)])
}

const zeros = (count: number): FileNode => floatTensor({ shape: [count], data: new Float32Array(count) })

function required({ parameter, inferred }: NirSite, name: string): NamedTensor {
  const found = parameter(name)
  if (found) return found
  throw new Error(`layer ${inferred.node.id} has no ${name}`)
}

function linear(site: NirSite): NewNirNodes {
  const weight = floatTensor(required(site, 'weight'))
  const bias = site.parameter('bias')
  const node = bias ? nirNode('Affine', { weight, bias: floatTensor(bias) }) : nirNode('Linear', { weight })
  return { node, recurrent: null }
}

/** Each channel summed under a window by ones: NIR's pool of sums. */
function isSumPool({ params }: LayerNode, weight: NamedTensor, channels: number): boolean {
  const alone = params.groups === channels && params.outputs === channels && params.dilation === 1
  return alone && params.bias === false && weight.data.every((value) => value === 1)
}

function convolution(site: NirSite, axes: number): NewNirNodes {
  const { node, inputShape } = site.inferred
  const { params } = node
  const weight = required(site, 'weight')
  const all = (key: string) => integers(...Array<number>(axes).fill(Number(params[key])))
  const [channels, ...size] = inputShape ?? []
  const common = { stride: all('stride'), padding: all('padding') }
  if (axes === 2 && isSumPool(node, weight, channels)) {
    return { node: nirNode('SumPool2d', { kernel_size: all('kernel'), ...common }), recurrent: null }
  }
  const bias = site.parameter('bias')
  const made = nirNode(`Conv${axes}d`, {
    input_shape: axes === 1 ? integer(size[0]) : integers(...size),
    weight: floatTensor(weight),
    ...common,
    dilation: all('dilation'),
    groups: integer(Number(params.groups)),
    bias: bias ? floatTensor(bias) : zeros(Number(params.outputs)),
  })
  return { node: made, recurrent: null }
}

function averagePool({ inferred }: NirSite): NewNirNodes {
  const all = (key: string) => integers(Number(inferred.node.params[key]), Number(inferred.node.params[key]))
  const entries = { kernel_size: all('kernel'), stride: all('stride'), padding: all('padding') }
  return { node: nirNode('AvgPool2d', entries), recurrent: null }
}

function flatten({ inferred }: NirSite): NewNirNodes {
  const entries = {
    input_type: integers(...(inferred.inputShape ?? [])),
    start_dim: integer(0),
    end_dim: integer(-1),
  }
  return { node: nirNode('Flatten', entries), recurrent: null }
}

/** Values for each neuron, in the shape of the layer: NIR wants no single ones. */
function each({ inferred }: NirSite, value: (i: number) => number): FileNode {
  const shape = inferred.outputShape ?? []
  const count = elementCount(shape)
  return doubles(
    Float64Array.from({ length: count }, (_, i) => value(i)),
    [...shape],
  )
}

/** A parameter of a neuron by its place, as the float32 that runs. */
function values(site: NirSite, name: string): (i: number) => number {
  const { data } = required(site, name)
  return (i) => data[data.length === 1 ? 0 : i]
}

/** τ and R of a decay per step whose input is multiplied by `gain`; a decay of 1 has no τ. */
function integrator(site: NirSite, beta: (i: number) => number, gain: (i: number) => number) {
  return {
    tau: each(site, (i) => nirStep / (1 - beta(i))),
    r: each(site, (i) => gain(i) / (1 - beta(i))),
    v_leak: each(site, () => 0),
  }
}

function firing(site: NirSite, threshold: (i: number) => number, reset: number) {
  return { v_threshold: each(site, threshold), v_reset: each(site, () => reset) }
}

function leakyNode(
  site: NirSite,
  beta: (i: number) => number,
  threshold: (i: number) => number,
  gain: (i: number) => number = () => 1,
): DictNode {
  const count = elementCount(site.inferred.outputShape ?? [])
  const leaks = Array.from({ length: count }, (_, i) => beta(i) < 1)
  if (leaks.every((leak) => !leak)) {
    return nirNode('IF', { r: each(site, (i) => gain(i) / nirStep), ...firing(site, threshold, 0) })
  }
  if (leaks.some((leak) => !leak)) throw impossible(site)
  return nirNode('LIF', { ...integrator(site, beta, gain), ...firing(site, threshold, 0) })
}

function currentNode(
  site: NirSite,
  alpha: (i: number) => number,
  beta: (i: number) => number,
  threshold: (i: number) => number,
): DictNode {
  const count = elementCount(site.inferred.outputShape ?? [])
  if (Array.from({ length: count }, (_, i) => alpha(i) < 1 && beta(i) < 1).includes(false))
    throw impossible(site)
  const { tau, r, v_leak } = integrator(site, beta, () => 1)
  return nirNode('CubaLIF', {
    tau_syn: each(site, (i) => nirStep / (1 - alpha(i))),
    tau_mem: tau,
    r,
    v_leak,
    ...firing(site, threshold, 0),
    w_in: each(site, (i) => 1 / (1 - alpha(i))),
  })
}

export function impossible({ inferred }: NirSite): SpikedeskError {
  const { id, kind } = inferred.node
  return new SpikedeskError('export.layer', { layer: id, kind, format: 'NIR' })
}

function recurrentNode(site: NirSite): DictNode {
  const weight = site.parameter('recurrent.weight')
  if (weight && weight.shape.length !== 2) throw impossible(site)
  if (!weight) return nirNode('Scale', { scale: each(site, values(site, 'V')) })
  return nirNode('Affine', {
    weight: floatTensor(weight),
    bias: floatTensor(required(site, 'recurrent.bias')),
  })
}

const single = (node: DictNode): NewNirNodes => ({ node, recurrent: null })

/** spikingjelly's neurons; a soft reset has no value to reset to. */
function sameStep(site: NirSite): NewNirNodes {
  const { kind, params } = site.inferred.node
  const reset = params.reset === 'hard' ? Number(params.resetValue) : 0
  const spikes = firing(site, () => Number(params.threshold), reset)
  if (kind === 'if') return single(nirNode('IF', { r: each(site, () => 1 / nirStep), ...spikes }))
  const decay = kind === 'plif' ? 1 / (1 + Math.exp(-values(site, 'w')(0))) : 1 / Number(params.tau)
  const entries = {
    tau: each(site, () => nirStep / decay),
    r: each(site, () => (params.decayInput ? 1 : 1 / decay)),
    v_leak: each(site, () => reset),
  }
  return single(nirNode('LIF', { ...entries, ...spikes }))
}

function lapicque(site: NirSite): NewNirNodes {
  const { resistance, capacitance, timeStep } = circuitOf(site.inferred.node.params)
  const decay = timeStep / (resistance * capacitance)
  const threshold = values(site, 'threshold')
  return single(
    leakyNode(
      site,
      () => 1 - decay,
      threshold,
      () => timeStep / capacitance,
    ),
  )
}

const of = (name: string) => (site: NirSite) => values(site, name)
const [alpha, beta, threshold] = [of('alpha'), of('beta'), of('threshold')]

/** What makes the nodes of each kind of layer; a kind that is missing has none. */
export const nirMakers: Readonly<Record<string, (site: NirSite) => NewNirNodes>> = {
  linear,
  conv1d: (site) => convolution(site, 1),
  conv2d: (site) => convolution(site, 2),
  avgpool2d: averagePool,
  flatten,
  leaky: (site) => single(leakyNode(site, beta(site), threshold(site))),
  rleaky: (site) => ({
    node: leakyNode(site, beta(site), threshold(site)),
    recurrent: recurrentNode(site),
  }),
  synaptic: (site) => single(currentNode(site, alpha(site), beta(site), threshold(site))),
  rsynaptic: (site) => ({
    node: currentNode(site, alpha(site), beta(site), threshold(site)),
    recurrent: recurrentNode(site),
  }),
  lapicque,
  if: sameStep,
  lif: sameStep,
  plif: sameStep,
}
