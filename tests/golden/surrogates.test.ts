import { describe } from 'vitest'
import type { Program } from '../../src-main/engine/program.ts'
import { defaultSurrogate, findSurrogate } from '../../src-shared/model/surrogates.ts'
import { expectSpikes, expectWithin } from './compare.ts'
import { executorWith, findTensor, neuronProgram } from './neuronProgram.ts'
import { onEveryBackend, refuseUnknown, unsupported } from './support.ts'
import { brief, goldenCases, type GoldenArray } from './vectors.ts'

interface SurrogateCase {
  framework: string
  surrogate: string
  params: Record<string, number>
  x: GoldenArray
  forward: GoldenArray
  derivative: GoldenArray
}

/** A threshold of 0 makes the charged membrane of the first step the surrogate's own argument. */
function withThresholdZero(program: Program): Program {
  return {
    ...program,
    forward: program.forward.map((op) =>
      op.op === 'neuron' && op.neuron.model !== 'leaky'
        ? { ...op, neuron: { ...op.neuron, threshold: 0 } }
        : op,
    ),
    backward: program.backward.map((op) =>
      op.op === 'neuronBackward' && op.neuron.model !== 'leaky'
        ? { ...op, neuron: { ...op.neuron, threshold: 0 } }
        : op,
    ),
  }
}

/** The neuron of each framework that hands its first input straight to the surrogate. */
const neuronOf: Record<string, { kind: string; tensors: Record<string, number[]> }> = {
  snntorch: { kind: 'leaky', tensors: { 'neuron.beta': [0], 'neuron.threshold': [0] } },
  spikingjelly: { kind: 'if', tensors: {} },
}

const cases = goldenCases<SurrogateCase>(
  'surrogates',
  ({ framework, surrogate, params }) => `${framework} ${surrogate} ${brief(params)}`,
)

describe('surrogates', () => {
  for (const { name, golden } of cases) {
    onEveryBackend(name, (backend) => {
      const definition = findSurrogate(golden.surrogate)
      const neuron = neuronOf[golden.framework]
      if (!definition || definition.framework !== golden.framework || !neuron) {
        return unsupported(`surrogate ${golden.surrogate} of ${golden.framework}`)
      }
      const keys = definition.fields.map((field) => field.key)
      refuseUnknown('surrogate parameter', golden.params, keys)
      const surrogate = { ...defaultSurrogate(definition.name), ...golden.params }
      const count = golden.x.data.length
      const compiled = neuronProgram(neuron.kind, { surrogate }, [1, 1, count])
      const executor = executorWith(backend, withThresholdZero(compiled), neuron.tensors)
      const values = Float32Array.from(golden.x.data)
      const batch = { kind: 'values' as const, values, labels: new Uint8Array(1) }
      expectSpikes(name, executor.trace(batch)[0].spikes, golden.forward)
      const spikes = new Float32Array(count).fill(1)
      const gradients = executor.backpropagate(batch, { spikes, membrane: null })
      expectWithin('derivative', findTensor(gradients, 'input'), golden.derivative.data, 1e-5)
      executor.dispose()
    })
  }
})
