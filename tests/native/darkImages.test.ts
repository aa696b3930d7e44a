import { expect, test } from 'vitest'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { referenceBackend } from '../../src-main/engine/backends/reference/index.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import type { Backend } from '../../src-main/engine/executor.ts'
import { darkImages, samples, wideNetwork } from './networks.ts'

function gradientsOf(backend: Backend, pixels: number, gain: number, offset: number, threads: number) {
  const spec = structuredClone(wideNetwork)
  spec.model.input.shape = [pixels]
  spec.encoding = { kind: 'constant', params: { gain, offset } }
  const executor = backend.create(compileNetwork(spec), threads)
  executor.bind('train', darkImages(pixels))
  const { gradients } = structuredClone(executor.gradients(samples(0, 50)))
  executor.dispose()
  return gradients
}

test.each([
  { pixels: 300, gain: 30, offset: 0 },
  { pixels: 307, gain: 30, offset: 0 },
  { pixels: 307, gain: 30, offset: 0.5 },
  { pixels: 384, gain: 30, offset: 0 },
  { pixels: 4200, gain: 30, offset: 0 },
])('of $pixels pixels, gain $gain and offset $offset, give the gradients of the reference', (of) => {
  const { pixels, gain, offset } = of
  const wanted = gradientsOf(referenceBackend, pixels, gain, offset, 1)
  const found = gradientsOf(nativeBackend, pixels, gain, offset, 1)
  for (const threads of [2, 3])
    expect(gradientsOf(nativeBackend, pixels, gain, offset, threads)).toEqual(found)
  wanted.forEach(({ name, data }, i) => {
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const worst = data.reduce((most, value, at) => Math.max(most, Math.abs(value - found[i].data[at])), 0)
    expect(largest, name).toBeGreaterThan(0)
    expect(worst, name).toBeLessThanOrEqual(1e-4 * largest)
  })
})

test('train to the same bits on any number of threads, the last batch short', () => {
  const trained = [1, 2, 3].map((threads) => {
    const executor = nativeBackend.create(compileNetwork(wideNetwork), threads)
    executor.bind('train', darkImages(300))
    const results = [50, 50, 37, 1].map((size, i) => structuredClone(executor.train(samples(i, size, 1))))
    const state = executor.readState()
    executor.dispose()
    return { results, state }
  })
  expect(trained[1]).toEqual(trained[0])
  expect(trained[2]).toEqual(trained[0])
})
