import { describe } from 'vitest'
import { defaultValues, type FieldValues, type SurrogateValue } from '../../src-shared/fields.ts'
import { gradesSpikes } from '../../src-shared/model/gradedSpikes.ts'
import { findLayer } from '../../src-shared/model/layers/index.ts'
import { defaultSurrogate, findSurrogate } from '../../src-shared/model/surrogates.ts'
import { expectRelative, expectSpikes, expectWithin } from './compare.ts'
import { executorWith, findTensor, neuronProgram, withMembraneGradient } from './neuronProgram.ts'
import { onEveryBackend, refuseUnknown, unsupported } from './support.ts'
import { brief, goldenCases, isArray, type GoldenArray } from './vectors.ts'

type Params = Record<string, unknown>

interface NeuronCase {
  framework: string
  neuron: string
  params: Params & { surrogate: SurrogateValue }
  learn?: Record<string, boolean>
  input: GoldenArray
  grad_spk: GoldenArray
  grad_mem?: GoldenArray
  expect: Record<string, GoldenArray>
  expect_grad: Record<string, GoldenArray>
}

/** A case in our terms. */
interface Mapped {
  kind: string
  params: FieldValues
  /** First numbers of the layer's tensors, where they are tensors. */
  tensors: Record<string, readonly number[]>
  /** Name of the recorded membrane in the case. */
  membrane: string
}

function mapSurrogate({ name, ...given }: SurrogateValue): SurrogateValue {
  const definition = findSurrogate(name)
  if (!definition) return unsupported(`surrogate ${name}`)
  refuseUnknown(
    `parameter of surrogate ${name}`,
    given,
    definition.fields.map((field) => field.key),
  )
  return { ...defaultSurrogate(name), ...given }
}

const numbers = (value: unknown): readonly number[] => (isArray(value) ? value.data : [Number(value)])

/** Options that are no tensors, in our names. */
function mapOptions({ params }: NeuronCase): FieldValues {
  return {
    ...(params.inhibition === true ? { inhibition: true } : {}),
    ...(params.kernel_size === undefined ? {} : { recurrentKernel: Number(params.kernel_size) }),
  }
}

/** Graded spikes: the fields that make our tensor, and its numbers. */
function mapGraded({ params, learn = {} }: NeuronCase): Pick<Mapped, 'tensors'> & { fields: FieldValues } {
  const factor = numbers(params.graded_spikes_factor ?? 1)
  const fields = {
    gradedSpikes: factor[0],
    gradedSpikesPerNeuron: factor.length > 1,
    learnGradedSpikes: learn.graded_spikes_factor === true,
  }
  if (!gradesSpikes(fields)) return { fields, tensors: {} }
  return { fields, tensors: { 'neuron.graded_spikes_factor': factor } }
}

/** LeakyParallel has its own input weights; of W_hh we hold the diagonal where it is no matrix. */
function mapLeakyParallel(golden: NeuronCase): Mapped {
  const { params, learn = {} } = golden
  const known = ['hidden_size', 'bias', 'threshold', 'weight_hh_enable', 'graded_spikes_factor', 'tensors']
  refuseUnknown('LeakyParallel parameter', params, [...known, 'surrogate'])
  refuseUnknown('learned', learn, ['beta', 'threshold', 'graded_spikes_factor'])
  const graded = mapGraded(golden)
  const given = Object.entries(params.tensors as Record<string, GoldenArray>)
  return {
    kind: 'leakyparallel',
    params: {
      outputs: Number(params.hidden_size),
      bias: params.bias === true,
      dense: params.weight_hh_enable === true,
      threshold: Number(params.threshold),
      learnBeta: learn.beta === true,
      learnThreshold: learn.threshold === true,
      surrogate: mapSurrogate(params.surrogate),
      ...graded.fields,
    },
    tensors: {
      ...graded.tensors,
      ...Object.fromEntries(given.map(([name, { data }]) => [`neuron.${name}`, data])),
    },
    membrane: 'mem',
  }
}

/** A neuron of snnTorch: what it calls its tensors is what we call them. */
function mapFlagNeuron(kind: string, tensors: readonly string[], golden: NeuronCase): Mapped {
  const { params, learn = {} } = golden
  const known = [...tensors, 'reset_mechanism', 'reset_delay', 'surrogate', 'graded_spikes_factor']
  const options = ['all_to_all', 'recurrent', 'kernel_size', 'inhibition', 'truncation']
  refuseUnknown(`${kind} parameter`, params, [...known, ...options])
  const graded = mapGraded({ ...golden, params })
  const given = Object.fromEntries(tensors.map((name) => [name, numbers(params[name] ?? 1)]))
  const recurrent = Object.entries((params.recurrent ?? {}) as Record<string, GoldenArray>)
  const fields = defaultValues(findLayer(kind)?.fields ?? [])
  const asked = Object.entries(given).flatMap(([name, data]): [string, boolean][] => {
    const capital = `${name[0].toUpperCase()}${name.slice(1)}`
    return [
      [`${name}PerNeuron`, data.length > 1],
      [`learn${capital}`, learn[name] === true],
    ]
  })
  for (const [key, value] of asked) if (value && !(key in fields)) unsupported(`${key} of ${kind}`)
  refuseUnknown('learned', learn, [...tensors, 'recurrent', 'graded_spikes_factor'])
  return {
    kind,
    params: {
      reset: String(params.reset_mechanism ?? fields.reset),
      ...('resetDelay' in fields ? { resetDelay: params.reset_delay !== false } : {}),
      ...(recurrent.length > 0
        ? {
            allToAll: params.all_to_all === true,
            learnRecurrent: learn.recurrent === true,
            VPerNeuron: recurrent.some(([name, { data }]) => name === 'V' && data.length > 1),
          }
        : {}),
      ...('gradedSpikes' in fields ? graded.fields : {}),
      ...mapOptions(golden),
      surrogate: mapSurrogate(params.surrogate),
      ...Object.fromEntries(asked.filter(([key]) => key in fields)),
    },
    tensors: Object.fromEntries([
      ...Object.entries(graded.tensors),
      ...Object.entries(given).map(([name, data]) => [`neuron.${name}`, data] as const),
      ...recurrent.map(([name, { data }]) => [`neuron.${name}`, data] as const),
    ]),
    membrane: 'mem',
  }
}

/** Lapicque by β alone: R is 1 and C follows. */
function mapLapicque(golden: NeuronCase): Mapped {
  const { params } = golden
  refuseUnknown('Lapicque parameter', params, ['beta', 'threshold', 'reset_mechanism', 'surrogate'])
  const { beta, ...others } = params
  const mapped = mapFlagNeuron('lapicque', ['threshold'], { ...golden, params: others })
  return { ...mapped, params: { ...mapped.params, circuit: 'beta', beta: Number(beta) } }
}

/** spikingjelly's names of numbers, and ours. */
const ours: Record<string, string> = { v_threshold: 'threshold', init_tau: 'tau', tau: 'tau' }

function mapSameStep(kind: string, { params, learn = {} }: NeuronCase): Mapped {
  const fields = defaultValues(findLayer(kind)?.fields ?? [])
  const shared = ['v_threshold', 'v_reset', 'detach_reset', 'surrogate', 'defaults', 'tau', 'init_tau']
  refuseUnknown(`${kind} parameter`, params, [...shared, 'decay_input'])
  refuseUnknown('learned', learn, [])
  const soft = params.v_reset === null
  const given = Object.entries(params)
    .filter(([key]) => ours[key] !== undefined && ours[key] in fields)
    .map(([key, value]) => [ours[key], Number(value)] as const)
  return {
    kind,
    params: {
      ...Object.fromEntries(given),
      reset: soft ? 'soft' : 'hard',
      ...(typeof params.v_reset === 'number' ? { resetValue: params.v_reset } : {}),
      detachReset: params.detach_reset === true,
      ...('decayInput' in fields ? { decayInput: params.decay_input !== false } : {}),
      surrogate: mapSurrogate(params.surrogate),
    },
    tensors: {},
    membrane: 'v',
  }
}

/** The neurons that we have, by framework and name. */
const neurons: Record<string, (golden: NeuronCase) => Mapped> = {
  'snntorch leaky': (golden) => mapFlagNeuron('leaky', ['beta', 'threshold'], golden),
  'snntorch synaptic': (golden) => mapFlagNeuron('synaptic', ['alpha', 'beta', 'threshold'], golden),
  'snntorch lapicque': mapLapicque,
  'snntorch alpha': (golden) => mapFlagNeuron('alpha', ['alpha', 'beta', 'threshold'], golden),
  'snntorch rleaky': (golden) => mapFlagNeuron('rleaky', ['beta', 'threshold'], golden),
  'snntorch leakyparallel': mapLeakyParallel,
  'snntorch rsynaptic': (golden) => mapFlagNeuron('rsynaptic', ['alpha', 'beta', 'threshold'], golden),
  ...Object.fromEntries(
    ['if', 'lif', 'plif', 'qif', 'eif', 'izhikevich', 'klif', 'cubalif'].map((kind) => [
      `spikingjelly ${kind}`,
      (golden: NeuronCase) => mapSameStep(kind, golden),
    ]),
  ),
}

const cases = goldenCases<NeuronCase>('neurons', ({ framework, neuron, params, learn = {} }) => {
  const learned = Object.keys(learn).filter((key) => learn[key])
  return `${framework} ${neuron} ${brief(params)}${learned.length ? ` learns ${learned.join(', ')}` : ''}`
})

describe('neurons', () => {
  for (const { name, golden } of cases) {
    onEveryBackend(name, (backend) => {
      const map = neurons[`${golden.framework} ${golden.neuron}`]
      const mapped = map ? map(golden) : unsupported(`neuron ${golden.neuron} of ${golden.framework}`)
      const { shape } = golden.input
      const truncation = Number(golden.params.truncation ?? 0)
      const program = withMembraneGradient(neuronProgram(mapped.kind, mapped.params, shape, { truncation }))
      const executor = executorWith(backend, program, mapped.tensors)
      const values = Float32Array.from(golden.input.data)
      const batch = { kind: 'values' as const, values, labels: new Uint8Array(shape[1]) }

      const [trace] = executor.trace(batch)
      // What is handed on may be graded; the spikes themselves are 0 or 1.
      const spikes = golden.expect.spk.data.map((value) => (value === 0 ? 0 : 1))
      expectSpikes(name, trace.spikes, { ...golden.expect.spk, data: spikes })
      expectWithin('membrane', trace.membrane, golden.expect[mapped.membrane].data, 1e-5)
      for (const [state, wanted] of Object.entries(golden.expect)) {
        if (state === 'spk' || state === mapped.membrane) continue
        expectWithin(state, trace.states[state], wanted.data, 1e-5)
      }

      const gradients = executor.backpropagate(batch, {
        spikes: Float32Array.from(golden.grad_spk.data),
        membrane: golden.grad_mem ? Float32Array.from(golden.grad_mem.data) : null,
      })
      for (const [key, wanted] of Object.entries(golden.expect_grad)) {
        const found = findTensor(gradients, key === 'input' ? 'input' : `neuron.${key}`)
        expectRelative(`gradient of ${key}`, found, wanted.data, 1e-4)
      }
      executor.dispose()
    })
  }
})
