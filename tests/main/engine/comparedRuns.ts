import { expect } from 'vitest'
import { compileNetwork } from '../../../src-main/engine/compile.ts'
import type { Backend, NamedTensor } from '../../../src-main/engine/executor.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { numbers, valueBatch } from './fixtures.ts'
import type { MapCase } from './randomMaps.ts'

/** What an executor makes of a batch: gradients, a step of training, and the evaluation after it. */
export function run(backend: Backend, { spec, samples }: MapCase, threads: number) {
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

export function expectClose(found: readonly NamedTensor[], wanted: readonly NamedTensor[]): void {
  const overall = Math.max(...wanted.map(({ data }) => largest(data)))
  wanted.forEach(({ name, data }, i) => {
    const worst = data.reduce((most, value, at) => Math.max(most, Math.abs(value - found[i].data[at])), 0)
    // What is left of a gradient that cancels is measured by what cancelled.
    const scale = Math.max(largest(data), 0.3 * overall)
    expect(worst, `${name} of scale ${scale}`).toBeLessThanOrEqual(2e-4 * scale + 1e-7)
  })
}
