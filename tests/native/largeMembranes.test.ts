import { describe, expect, it } from 'vitest'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { referenceBackend } from '../../src-main/engine/backends/reference/index.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import type { Backend } from '../../src-main/engine/executor.ts'
import { defaultSurrogate } from '../../src-shared/model/surrogates.ts'
import { layer, network, numbers, tensor, valueBatch } from '../main/engine/fixtures.ts'

const [timeSteps, samples, outputs] = [19, 4, 7]

/** Neurons that hear each other's membranes by weights of 0.9 grow by a factor of 6 at every step. */
function gradientOf(backend: Backend, surrogate: string, gain: number): Float32Array {
  const neurons = { outputs, dense: true, beta: 0.9, betaGiven: true, learnBeta: true, threshold: 0.7 }
  const spec = network(
    [layer('n', 'leakyparallel', { ...neurons, surrogate: defaultSurrogate(surrogate) })],
    [2],
    { timeSteps, batchSize: samples, encoding: { kind: 'given', static: false }, seed: 9 },
  )
  const executor = backend.create(compileNetwork(spec), 1)
  const state = executor.readState()
  for (const { data } of state.parameters) if (data.length > 1) data.forEach((v, i) => (data[i] = v * gain))
  executor.writeState(state)
  const batch = valueBatch(numbers(timeSteps * samples * 2, 9, -0.5, 1.5), [0, 1, 2, 3])
  const spikes = numbers(timeSteps * samples * outputs, 14, -1, 1)
  const gradients = executor.backpropagate(batch, { spikes, membrane: null })
  executor.dispose()
  return tensor(gradients, 'n.rnn.weight_hh_l0')
}

describe('surrogates of membranes up to 1e28', () => {
  const test = nativeBackend.unavailable() === null ? it : it.skip
  const cases = ['atan', 'fast_sigmoid'].flatMap((surrogate) =>
    [1, 3, 6].map((gain) => ({ surrogate, gain })),
  )

  test.each(cases)('of $surrogate vanish as in the reference, at gain $gain', ({ surrogate, gain }) => {
    const wanted = gradientOf(referenceBackend, surrogate, gain)
    const found = gradientOf(nativeBackend, surrogate, gain)
    const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(largest).toBeGreaterThan(0)
    wanted.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(1e-4 * largest))
  })
})
