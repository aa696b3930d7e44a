import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backends, createExecutor, findBackend } from '../../../src-main/engine/backends/index.ts'
import { compileNetwork } from '../../../src-main/engine/compile.ts'
import type { Backend, NamedTensor } from '../../../src-main/engine/executor.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { layer, network, numbers, valueBatch } from './fixtures.ts'
import { mapCases, type MapCase } from './randomMaps.ts'

const reference = findBackend('reference')

/** What an executor makes of a batch: gradients, a step of training, and the evaluation after it. */
function run(backend: Backend, { spec, samples }: MapCase, threads: number) {
  const steps = spec.encoding.kind === 'given' && spec.encoding.static ? 1 : spec.timeSteps
  const values = numbers(steps * samples * elementCount(spec.model.input.shape), spec.seed, -1, 2)
  const labels = Array.from({ length: samples }, (_, b) => b % 4)
  const executor = backend.create(compileNetwork(spec), threads)
  const batch = valueBatch(values, labels)
  const before = executor.trace(batch)
  const { result, gradients } = executor.gradients(batch)
  const trained = executor.train(batch)
  const state = executor.readState()
  executor.dispose()
  return { before, result, gradients, trained, state }
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

function expectClose(found: readonly NamedTensor[], wanted: readonly NamedTensor[]): void {
  const overall = Math.max(...wanted.map(({ data }) => largest(data)))
  wanted.forEach(({ name, data }, i) => {
    const worst = data.reduce((most, value, at) => Math.max(most, Math.abs(value - found[i].data[at])), 0)
    // What is left of a gradient that cancels is measured by what cancelled.
    const scale = Math.max(largest(data), 0.3 * overall)
    expect(worst, `${name} of scale ${scale}`).toBeLessThanOrEqual(2e-4 * scale + 1e-7)
  })
}

describe.each(backends.map(({ id }) => id))('%s on maps', (id) => {
  const backend = findBackend(id)
  const test = backend.unavailable() === null ? it : it.skip

  test('agrees with the reference on random networks', () => {
    let compared = 0
    const runs = 80
    fc.assert(
      fc.property(mapCases, (given) => {
        const [found, wanted] = [run(backend, given, 1), run(reference, given, 1)]
        const same = wanted.before.every(({ spikes }, i) =>
          spikes.every((s, at) => s === found.before[i].spikes[at]),
        )
        const spikes = (each: typeof wanted) => [...each.result.layerSpikes, ...each.result.counts].join()
        // A membrane within rounding of its threshold may spike or not; then nothing after it can be compared.
        if (!same || spikes(found) !== spikes(wanted)) return
        compared++
        expect(found.trained).toEqual({ ...found.result, loss: found.trained.loss })
        expect(Math.abs(found.result.loss - wanted.result.loss)).toBeLessThan(1e-4 * (1 + wanted.result.loss))
        expectClose(found.gradients, wanted.gradients)
        expectClose(found.state.parameters, wanted.state.parameters)
      }),
      { numRuns: runs, seed: 11 },
    )
    expect(compared).toBeGreaterThan(0.85 * runs)
  })

  test('gives the same bits for one, two and four threads', () => {
    fc.assert(
      fc.property(mapCases, (given) => {
        const one = run(backend, given, 1)
        expect(run(backend, given, 2)).toEqual(one)
        expect(run(backend, given, 4)).toEqual(one)
      }),
      { numRuns: 25, seed: 12 },
    )
  })
})

describe('the native engine', () => {
  it('names the layer that it cannot run, and the reference runs it', () => {
    const layers = [layer('conv', 'conv2d', { outputs: 2 }), layer('out', 'if')]
    const program = compileNetwork(network(layers, [1, 4, 4]))
    expect(() => createExecutor('native', program, 1)).toThrow(/layer "out".*must not have maps/)
    expect(() => createExecutor('reference', program, 1)).not.toThrow()
  })
})
