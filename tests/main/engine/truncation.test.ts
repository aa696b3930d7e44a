import { describe, expect, it } from 'vitest'
import { backends, findBackend } from '../../../src-main/engine/backends/index.ts'
import { compileNetwork, type NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { Backend, NamedTensor } from '../../../src-main/engine/executor.ts'
import type { FieldValues } from '../../../src-shared/fields.ts'
import { layer, network, numbers, tensor, valueBatch } from './fixtures.ts'

const [timeSteps, batch, width] = [11, 2, 5]
const row = batch * width

/** Neurons of every kernel: whose reset passes a gradient or not, that learn or not, that hear each other. */
const neurons: { kind: string; params: FieldValues }[] = [
  { kind: 'leaky', params: { threshold: 0.6 } },
  { kind: 'leaky', params: { threshold: 0.6, reset: 'zero', resetDelay: false } },
  { kind: 'leaky', params: { threshold: 0.6, learnBeta: true, learnThreshold: true } },
  { kind: 'lif', params: { threshold: 0.3, detachReset: true, reset: 'soft' } },
  { kind: 'lif', params: { threshold: 0.3 } },
  { kind: 'synaptic', params: { threshold: 0.6, learnAlpha: true } },
  { kind: 'rleaky', params: { threshold: 0.6 } },
  { kind: 'rsynaptic', params: { threshold: 0.6, allToAll: false, V: 0.4, VPerNeuron: true } },
  { kind: 'alif', params: { threshold: 0.6, learnAdapt: true } },
  { kind: 'izhikevich', params: { threshold: 0.4, coupling: 0.3, jump: 0.2 } },
]
const named = neurons.map(({ kind, params }) => [`${kind} ${JSON.stringify(params)}`, kind, params] as const)

const values = numbers(timeSteps * row, 3, -0.4, 1.2)
const given = { spikes: numbers(timeSteps * row, 4, -1, 1), membrane: null }

/** Gradients of one layer of neurons, by what arrives at its spikes. */
function gradientsOf(
  backend: Backend,
  { kind, params }: { kind: string; params: FieldValues },
  truncation: number,
  arriving: { spikes: Float32Array; membrane: null },
): NamedTensor[] {
  const spec: NetworkSpec = network([layer('n', kind, params)], [width], {
    encoding: { kind: 'given', static: false },
    inputGradient: true,
    timeSteps,
    truncation,
  })
  const executor = backend.create(compileNetwork(spec), 1)
  const gradients = executor.backpropagate(valueBatch(values, [0, 1]), arriving)
  executor.dispose()
  return gradients
}

/** What arrives within steps [from, to), and nothing elsewhere. */
function within(from: number, to: number) {
  const spikes = given.spikes.map((value, at) => (at >= from * row && at < to * row ? value : 0))
  return { spikes, membrane: null }
}

describe.each(backends.map(({ id }) => id))('truncated gradients on %s', (id) => {
  const backend = findBackend(id)
  const test = backend.unavailable() === null ? it : it.skip

  test.each(named)('are the whole ones where the window holds all steps: %s', (_name, kind, params) => {
    const whole = gradientsOf(backend, { kind, params }, 0, given)
    for (const truncation of [timeSteps, timeSteps + 1, 1000]) {
      expect(gradientsOf(backend, { kind, params }, truncation, given)).toEqual(whole)
    }
  })

  test.each(named)('reach back to the start of their window alone: %s', (_name, kind, params) => {
    const whole = tensor(gradientsOf(backend, { kind, params }, 0, given), 'input')
    for (const truncation of [1, 3, 4]) {
      const found = tensor(gradientsOf(backend, { kind, params }, truncation, given), 'input')
      const wanted = new Float32Array(found.length)
      for (let from = 0; from < timeSteps; from += truncation) {
        const to = Math.min(from + truncation, timeSteps)
        const part = tensor(gradientsOf(backend, { kind, params }, 0, within(from, to)), 'input')
        wanted.set(part.subarray(from * row, to * row), from * row)
      }
      found.forEach((value, at) => expect(value).toBeCloseTo(wanted[at], 6))
      expect(found).not.toEqual(whole)
    }
  })
})
