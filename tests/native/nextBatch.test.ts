import { expect, it } from 'vitest'
import type { SampleBatch } from '../../src-main/engine/executor.ts'
import { prepared, samples, spikingNetwork, staticNetwork, wideNetwork } from './networks.ts'

const sizes = [50, 50, 37, 1]
const batchAt = (i: number): SampleBatch => samples(i, sizes[i], 1)

/** Trains and evaluates on batches of several sizes, saying which one follows or not. */
function results(spec: typeof staticNetwork, threads: number, announces: boolean) {
  const executor = prepared(spec, threads)
  const told = sizes.map((_, i) => {
    const batch = batchAt(i)
    const next = i + 1 < sizes.length ? batchAt(i + 1).indices : new Uint32Array()
    const given = announces ? { ...batch, next } : batch
    return structuredClone([executor.train(given), executor.evaluate(given)])
  })
  return { told, state: executor.readState() }
}

it.each([
  { name: 'static', spec: staticNetwork },
  { name: 'spiking', spec: spikingNetwork },
  { name: 'wide', spec: wideNetwork },
])('gives the same bits whether the $name network knows the next batch or not', ({ spec }) => {
  for (const threads of [1, 2, 3]) expect(results(spec, threads, true)).toEqual(results(spec, threads, false))
})

it('refuses a next batch of samples that the dataset does not have', () => {
  const executor = prepared(staticNetwork, 2)
  const batch = { ...batchAt(0), next: Uint32Array.of(0, 4_000_000_000) }
  expect(() => executor.train(batch)).toThrow('Sample 4000000000 was asked for')
})
