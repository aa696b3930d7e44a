import { expect, test } from 'vitest'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { referenceBackend } from '../../src-main/engine/backends/reference/index.ts'
import type { Backend } from '../../src-main/engine/executor.ts'
import type { NetworkSpec } from '../../src-main/engine/compile.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import { layer } from '../main/engine/fixtures.ts'
import { mapNetwork, prepared, samples } from './networks.ts'

interface Described {
  kind: string
  params: FieldValues
}

/** Whole blocks of channels over few steps, first over an unchanging current, then over spikes. */
function network({ kind, params }: Described): NetworkSpec {
  const neuron = (id: string) => layer(id, kind, { threshold: 0.5, ...params })
  const layers = [
    layer('conv1', 'conv2d', { outputs: 16, kernel: 3, padding: 1 }),
    neuron('n1'),
    layer('p1', 'maxpool2d', { kernel: 2, stride: 2 }),
    layer('conv2', 'conv2d', { outputs: 32, kernel: 3 }),
    neuron('n2'),
    layer('f', 'flatten'),
    layer('fc', 'linear', { outputs: 6 }),
    neuron('out'),
  ]
  return { ...mapNetwork, model: { ...mapNetwork.model, layers }, timeSteps: 5 }
}

function gradientsOf(backend: Backend, spec: NetworkSpec, threads: number) {
  return structuredClone(prepared(spec, threads, backend).gradients(samples(0, 20)).gradients)
}

test.each<Described>([
  { kind: 'if', params: { reset: 'hard', detachReset: false } },
  { kind: 'if', params: { reset: 'soft', detachReset: false } },
  { kind: 'if', params: { reset: 'hard', detachReset: true } },
  { kind: 'lif', params: { tau: 1.5, reset: 'hard', detachReset: false } },
  { kind: 'lif', params: { tau: 1.5, reset: 'soft', detachReset: true, decayInput: false } },
])('$kind neurons with $params give the gradients of the reference', (described) => {
  const spec = network(described)
  const wanted = gradientsOf(referenceBackend, spec, 1)
  const found = gradientsOf(nativeBackend, spec, 1)
  expect(gradientsOf(nativeBackend, spec, 2)).toEqual(found)
  wanted.forEach(({ name, data }, i) => {
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const worst = data.reduce((most, value, at) => Math.max(most, Math.abs(value - found[i].data[at])), 0)
    expect(largest, name).toBeGreaterThan(0)
    expect(worst, name).toBeLessThanOrEqual(1e-4 * largest)
  })
})
