import { defaultValues, type FieldValues, type SurrogateField } from '../../../../src-shared/fields.ts'
import { findLayer } from '../../../../src-shared/model/layers/index.ts'
import { stepQuestion } from '../../../../src-shared/questionFields.ts'
import type { NamedTensor } from '../../../engine/executor.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import type { Interview } from '../interview.ts'
import { withinField } from '../parameterValues.ts'
import type { NirNode, NirStep } from './graph.ts'
import { arrayOf, uniformValue, valuesOf } from './nodeValues.ts'

/**
 * NIR's neurons are continuous in time; a step of `dt` makes them discrete by Euler's rule, as the converters of
 * the frameworks do: β = 1 - dt/τ. The gain of the input goes into the threshold, which it is divided by.
 */
export interface NirNeuron {
  kind: string
  params: FieldValues
  parameters: NamedTensor[]
}

export const neuronTypes = ['IF', 'LIF', 'CubaLIF']

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-4 * Math.abs(b)

/** The step that the writer's convention shows: a gain of 1 where R is τ/dt, whole steps where τ counts them. */
export function guessStep(nodes: readonly NirNode[]): number {
  for (const node of nodes) {
    const [r] = valuesOf(node, 'r', 1)
    if (node.type === 'IF') return near(r, 1) ? 1 : 1 / r
    const [tau] = valuesOf(node, node.type === 'LIF' ? 'tau' : 'tau_mem')
    if (near(r, 1)) return tau >= 1 ? 1 : 1e-4
    if ([1e-4, 1e-3].some((dt) => near(tau / r, dt))) return tau / r
  }
  return 1e-4
}

export function askStep(nodes: readonly NirNode[], interview: Interview): number {
  const guess = Number(guessStep(nodes).toPrecision(6))
  return Number(
    interview.ask({
      id: 'dt',
      field: { ...stepQuestion, default: guess },
      evidence: { phrase: 'evidence.dt' },
    }),
  )
}

function decays(node: NirNode, key: string, dt: number): Float64Array {
  return valuesOf(node, key).map((tau) => {
    if (tau >= dt) return 1 - dt / tau
    throw new FileProblem('problem.nirStep', { name: shown(node.name), parameter: key, tau, dt })
  })
}

/** Values for each neuron, repeated where one stands for all. */
function spread(values: Float64Array, count: number): Float64Array {
  return values.length === 1 ? new Float64Array(count).fill(values[0]) : values
}

function product(...factors: Float64Array[]): Float64Array {
  const count = Math.max(...factors.map(({ length }) => length))
  const all = factors.map((factor) => spread(factor, count))
  return Float64Array.from({ length: count }, (_, i) => all.reduce((value, factor) => value * factor[i], 1))
}

/** A parameter as one number where all neurons share it, else one for each. */
function learnable(
  id: string,
  kind: string,
  name: string,
  values: Float64Array,
): { params: FieldValues; tensor: NamedTensor } {
  const same = values.every((value) => value === values[0])
  const data = Float32Array.from(same ? [values[0]] : values)
  return {
    params: { [name]: withinField(kind, name, values[0]), [`${name}PerNeuron`]: !same },
    tensor: { name: `${id}.${name}`, shape: same ? [] : [values.length], data },
  }
}

function requireRest(node: NirNode): void {
  for (const key of ['v_leak', 'v_reset']) {
    const value = valuesOf(node, key, 0).find((candidate) => candidate !== 0)
    if (value !== undefined)
      throw new FileProblem('problem.nirRest', { name: shown(node.name), parameter: key, value })
  }
}

interface Discrete {
  /** Decay of the synaptic current; null where there is none. */
  alpha: Float64Array | null
  beta: Float64Array
  gain: Float64Array
}

function discrete(node: NirNode, dt: number): Discrete {
  const r = valuesOf(node, 'r', 1)
  if (node.type === 'IF') return { alpha: null, beta: Float64Array.of(1), gain: r.map((value) => value * dt) }
  if (node.type === 'LIF') {
    return {
      alpha: null,
      beta: decays(node, 'tau', dt),
      gain: product(
        r,
        valuesOf(node, 'tau').map((tau) => dt / tau),
      ),
    }
  }
  const factors = ['tau_mem', 'tau_syn'].map((key) => valuesOf(node, key).map((tau) => dt / tau))
  return {
    alpha: decays(node, 'tau_syn', dt),
    beta: decays(node, 'tau_mem', dt),
    gain: product(r, valuesOf(node, 'w_in', 1), ...factors),
  }
}

/** A gain that is 1 but for rounding is 1: τ and R were computed from each other. */
function threshold(node: NirNode, gain: Float64Array): Float64Array {
  const values = valuesOf(node, 'v_threshold')
  if (gain.some((value) => !(value > 0)))
    throw new FileProblem('problem.nirParameter', { name: shown(node.name), type: node.type, parameter: 'r' })
  return product(
    values,
    gain.map((value) => (near(value, 1) ? 1 : 1 / value)),
  )
}

/** spikingjelly's neuron, for a reset to another value than 0. */
function toValue(node: NirNode, dt: number, surrogate: FieldValues[string]): NirNeuron {
  const [resetValue, leak] = [uniformValue(node, 'v_reset', 0), uniformValue(node, 'v_leak', 0)]
  const kind = node.type === 'IF' ? 'if' : 'lif'
  const steps = kind === 'lif' ? uniformValue(node, 'tau', 1) / dt : 1
  const gain = uniformValue(node, 'r', 1) * (kind === 'lif' ? 1 : dt)
  const decayed = kind === 'lif' && near(gain, 1)
  const plain = kind === 'lif' ? near(gain, steps) : near(gain, 1)
  if ((kind === 'lif' && leak !== resetValue) || !(decayed || plain)) requireRest(node)
  const params = {
    ...defaultValues(findLayer(kind)?.fields ?? []),
    threshold: uniformValue(node, 'v_threshold', 1),
    resetValue,
    ...(kind === 'lif' ? { tau: Number(steps.toPrecision(12)), decayInput: decayed } : {}),
  }
  return { kind, params: kind === 'lif' || kind === 'if' ? { ...params, surrogate } : params, parameters: [] }
}

function recurrentTensors(id: string, synapse: NirNode, neurons: number): NamedTensor[] {
  const weight = valuesOf(synapse, synapse.type === 'Scale' ? 'scale' : 'weight')
  if (synapse.type === 'Scale') {
    return [{ name: `${id}.V`, shape: [neurons], data: Float32Array.from(spread(weight, neurons)) }]
  }
  const bias = arrayOf(synapse, 'bias') ? valuesOf(synapse, 'bias') : new Float64Array(neurons)
  if (weight.length !== neurons ** 2 || bias.length !== neurons) {
    throw new FileProblem('problem.nirParameter', {
      name: shown(synapse.name),
      type: synapse.type,
      parameter: 'weight',
    })
  }
  return [
    { name: `${id}.recurrent.weight`, shape: [neurons, neurons], data: Float32Array.from(weight) },
    { name: `${id}.recurrent.bias`, shape: [neurons], data: Float32Array.from(bias) },
  ]
}

/** The neuron layer of a node, with what a loop around it adds. Throws FileProblem. */
export function nirNeuron(
  { node, recurrent }: NirStep,
  neurons: number,
  dt: number,
  interview: Interview,
): NirNeuron {
  const id = node.name
  const elsewhere = valuesOf(node, 'v_reset', 0).some((value) => value !== 0)
  if (elsewhere && !recurrent && node.type !== 'CubaLIF') {
    const field = findLayer('lif')?.fields.find(
      (candidate): candidate is SurrogateField => candidate.type === 'surrogate',
    )
    const surrogate = field ? interview.ask({ id: 'surrogate', field, matters: 'training' }) : ''
    return toValue(node, dt, surrogate)
  }
  requireRest(node)
  const { alpha, beta, gain } = discrete(node, dt)
  const kind = `${recurrent ? 'r' : ''}${alpha ? 'synaptic' : 'leaky'}`
  const fields = findLayer(kind)?.fields ?? []
  const surrogate = fields.find((field): field is SurrogateField => field.type === 'surrogate')
  const made = [
    ...(alpha ? [learnable(id, kind, 'alpha', alpha)] : []),
    learnable(id, kind, 'beta', beta),
    learnable(id, kind, 'threshold', threshold(node, gain)),
  ]
  const delayed = !fields.some(({ key }) => key === 'resetDelay')
  if (delayed) interview.note({ phrase: 'note.delayedReset', layer: id })
  return {
    kind,
    params: {
      ...defaultValues(fields),
      ...Object.assign({}, ...made.map(({ params }) => params)),
      reset: 'zero',
      ...(delayed ? {} : { resetDelay: false }),
      ...(surrogate
        ? { surrogate: interview.ask({ id: 'surrogate', field: surrogate, matters: 'training' }) }
        : {}),
      ...(recurrent ? { allToAll: recurrent.type !== 'Scale', VPerNeuron: recurrent.type === 'Scale' } : {}),
    },
    parameters: [
      ...made.map(({ tensor }) => tensor),
      ...(recurrent ? recurrentTensors(id, recurrent, neurons) : []),
    ],
  }
}
