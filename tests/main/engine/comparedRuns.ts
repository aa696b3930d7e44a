import { expect } from 'vitest'
import { compileNetwork } from '../../../src-main/engine/compile.ts'
import { findBackend } from '../../../src-main/engine/backends/index.ts'
import type { Backend, Batch, LayerTrace, NamedTensor } from '../../../src-main/engine/executor.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { numbers, valueBatch } from './fixtures.ts'
import type { MapCase } from './randomMaps.ts'

function batchOf({ spec, samples }: MapCase): Batch {
  const steps = spec.encoding.kind === 'given' && spec.encoding.static ? 1 : spec.timeSteps
  const values = numbers(steps * samples * elementCount(spec.model.input.shape), spec.seed, -1, 2)
  return valueBatch(
    values,
    Array.from({ length: samples }, (_, b) => b % 4),
  )
}

/** What an executor makes of a batch: gradients, a step of training, and the evaluation after it. */
export function run(backend: Backend, given: MapCase, threads: number) {
  const executor = backend.create(compileNetwork(given.spec), threads)
  const batch = batchOf(given)
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
    expect(worst, `${name} of scale ${scale}`).toBeLessThanOrEqual(1e-4 * scale + 1e-7)
  })
}

const sameSpikes = (found: readonly LayerTrace[], wanted: readonly LayerTrace[]): boolean =>
  wanted.every(({ spikes }, i) => spikes.every((spike, at) => spike === found[i].spikes[at]))

/**
 * Whether all spikes are the reference's. Where they are not one must hang on rounding: the reference itself has
 * other spikes with weights a hundred-thousandth larger or smaller.
 *
 * @param trace of the reference, with every weight multiplied by a factor
 */
export function spikesAgree(
  found: readonly LayerTrace[],
  wanted: readonly LayerTrace[],
  trace: (factor: number) => LayerTrace[],
): boolean {
  if (sameSpikes(found, wanted)) return true
  const hangs = [1 - 1e-5, 1 + 1e-5].some((factor) => !sameSpikes(trace(factor), wanted))
  expect(hangs, 'spikes differ, and none hangs on rounding').toBe(true)
  return false
}

/** Traces of the reference with every weight multiplied by a factor. */
export function scaledTraces(given: MapCase): (factor: number) => LayerTrace[] {
  return (factor) => {
    const executor = findBackend('reference').create(compileNetwork(given.spec), 1)
    const state = executor.readState()
    for (const { data } of state.parameters)
      if (data.length > 1) data.forEach((value, i) => (data[i] = value * factor))
    executor.writeState(state)
    return executor.trace(batchOf(given))
  }
}
