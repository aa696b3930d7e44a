import { describe } from 'vitest'
import type { FieldValues, SurrogateValue } from '../../src-shared/fields.ts'
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

function mapLeaky({ params, learn = {} }: NeuronCase): Mapped {
  const known = ['beta', 'threshold', 'reset_mechanism', 'reset_delay', 'surrogate', 'graded_spikes_factor']
  refuseUnknown('Leaky parameter', params, known)
  refuseUnknown('learned', learn, ['beta', 'threshold'])
  if ((params.graded_spikes_factor ?? 1) !== 1) unsupported('graded spikes')
  const beta = numbers(params.beta)
  const threshold = numbers(params.threshold ?? 1)
  if (threshold.length > 1) unsupported('a threshold per neuron')
  return {
    kind: 'leaky',
    params: {
      reset: String(params.reset_mechanism ?? 'subtract'),
      resetDelay: params.reset_delay !== false,
      surrogate: mapSurrogate(params.surrogate),
      learnBeta: learn.beta === true,
      learnThreshold: learn.threshold === true,
      betaPerNeuron: beta.length > 1,
    },
    tensors: { 'neuron.beta': beta, 'neuron.threshold': threshold },
    membrane: 'mem',
  }
}

function mapIntegrateFire(kind: 'lif' | 'if', { params, learn = {} }: NeuronCase): Mapped {
  const shared = ['v_threshold', 'v_reset', 'detach_reset', 'surrogate']
  const own = ['tau', 'decay_input']
  refuseUnknown(`${kind} parameter`, params, kind === 'lif' ? [...shared, ...own] : shared)
  refuseUnknown('learned', learn, [])
  const soft = params.v_reset === null
  const charge = { tau: Number(params.tau ?? 2), decayInput: params.decay_input !== false }
  return {
    kind,
    params: {
      threshold: Number(params.v_threshold ?? 1),
      reset: soft ? 'soft' : 'hard',
      resetValue: soft ? 0 : Number(params.v_reset ?? 0),
      detachReset: params.detach_reset === true,
      surrogate: mapSurrogate(params.surrogate),
      ...(kind === 'lif' ? charge : {}),
    },
    tensors: {},
    membrane: 'v',
  }
}

/** The neurons that we have, by framework and name. */
const neurons: Record<string, (golden: NeuronCase) => Mapped> = {
  'snntorch leaky': mapLeaky,
  'spikingjelly lif': (golden) => mapIntegrateFire('lif', golden),
  'spikingjelly if': (golden) => mapIntegrateFire('if', golden),
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
      const program = withMembraneGradient(neuronProgram(mapped.kind, mapped.params, shape))
      const executor = executorWith(backend, program, mapped.tensors)
      const values = Float32Array.from(golden.input.data)
      const batch = { kind: 'values' as const, values, labels: new Uint8Array(shape[1]) }

      const [trace] = executor.trace(batch)
      expectSpikes(name, trace.spikes, golden.expect.spk)
      expectWithin('membrane', trace.membrane, golden.expect[mapped.membrane].data, 1e-5)

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
