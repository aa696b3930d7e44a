import { expect, test } from 'vitest'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { referenceBackend } from '../../src-main/engine/backends/reference/index.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import type { Backend } from '../../src-main/engine/executor.ts'
import { noise } from '../main/engine/fixtures.ts'
import { samples, wideNetwork } from './networks.ts'

/** Black but for a bright pixel here and there, the last group of 8 pixels not whole. */
function dark(pixels: number) {
  const source = noise(60, pixels, 6)
  const images = source.images.map((byte, i) => (((i * 2654435761) >>> 0) % 23 === 0 ? byte : 0))
  return { ...source, images }
}

function gradientsOf(backend: Backend, pixels: number, gain: number, offset: number, threads: number) {
  const spec = structuredClone(wideNetwork)
  spec.model.input.shape = [pixels]
  spec.encoding = { kind: 'constant', params: { gain, offset } }
  const executor = backend.create(compileNetwork(spec), threads)
  executor.bind('train', dark(pixels))
  const { gradients } = structuredClone(executor.gradients(samples(0, 50)))
  executor.dispose()
  return gradients
}

test.each([
  { pixels: 300, gain: 30, offset: 0 },
  { pixels: 307, gain: 30, offset: 0 },
  { pixels: 307, gain: 30, offset: 0.5 },
])('of $pixels pixels, gain $gain and offset $offset, give the gradients of the reference', (of) => {
  const { pixels, gain, offset } = of
  const wanted = gradientsOf(referenceBackend, pixels, gain, offset, 1)
  const found = gradientsOf(nativeBackend, pixels, gain, offset, 1)
  expect(gradientsOf(nativeBackend, pixels, gain, offset, 2)).toEqual(found)
  wanted.forEach(({ name, data }, i) => {
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const worst = data.reduce((most, value, at) => Math.max(most, Math.abs(value - found[i].data[at])), 0)
    expect(largest, name).toBeGreaterThan(0)
    expect(worst, name).toBeLessThanOrEqual(1e-4 * largest)
  })
})
