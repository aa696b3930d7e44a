import { describe, expect, test } from 'vitest'
import { defaultLoss } from '../../src-shared/lossTables.ts'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { referenceBackend } from '../../src-main/engine/backends/reference/index.ts'
import { compileNetwork, type NetworkSpec } from '../../src-main/engine/compile.ts'
import type { Backend, TrainingState } from '../../src-main/engine/executor.ts'
import { stepMemory, totalBytes } from '../../src-main/engine/stepMemory.ts'
import { layer, network } from '../main/engine/fixtures.ts'
import { mapNetwork, prepared, samples, spikingNetwork, staticNetwork } from './networks.ts'

/** A residual block, dropout, average pooling and recurrent neurons, on drawn spikes, with the gradient cut. */
const residualNetwork: NetworkSpec = network(
  [
    layer('conv1', 'conv2d', { outputs: 18, kernel: 3, padding: 1 }),
    layer('b1', 'batchnorm2d'),
    layer('n1', 'leaky', { beta: 0.8, threshold: 0.4 }),
    layer('conv2', 'conv2d', { outputs: 18, kernel: 3, padding: 1, bias: false }),
    layer('b2', 'batchnorm2d', { statistics: 'step' }),
    { ...layer('sum', 'add'), inputs: ['b2', 'n1'] },
    layer('n2', 'leaky', { beta: 0.7, threshold: 0.6, learnBeta: true }),
    layer('drop', 'dropout', { probability: 0.3 }),
    layer('pool', 'avgpool2d', { kernel: 2, stride: 2 }),
    layer('f', 'flatten'),
    layer('fc', 'linear', { outputs: 12 }),
    layer('n3', 'rleaky', { beta: 0.9, threshold: 0.5 }),
    layer('out', 'linear', { outputs: 6 }),
    layer('n4', 'leaky', { beta: 0.9, threshold: 0.5 }),
  ],
  [1, 8, 8],
  {
    encoding: { kind: 'poisson', params: {} },
    batchSize: 50,
    timeSteps: 7,
    truncation: 3,
    clipping: { kind: 'norm', params: { most: 0.5 } },
    loss: defaultLoss('ce_count'),
  },
)

/** The maps of neurons go straight into a linear layer, whose gradient goes back with them. */
const flattenedNetwork: NetworkSpec = network(
  [
    layer('conv', 'conv2d', { outputs: 20, kernel: 3, padding: 1 }),
    layer('b', 'batchnorm2d'),
    layer('n1', 'lif', { threshold: 0.4 }),
    layer('f', 'flatten'),
    layer('fc', 'linear', { outputs: 6 }),
    layer('out', 'leaky', { beta: 0.9, threshold: 0.5 }),
  ],
  [1, 6, 6],
  { encoding: { kind: 'poisson', params: {} }, batchSize: 40, timeSteps: 5, loss: defaultLoss('mse_rate') },
)

const networks = { mapNetwork, residualNetwork, flattenedNetwork, staticNetwork, spikingNetwork }

function trained(spec: NetworkSpec, threads: number, backend: Backend): TrainingState {
  const executor = prepared(spec, threads, backend)
  for (let step = 0; step < 4; step++) {
    executor.train(samples(step, step === 2 ? 13 : Math.min(40, spec.batchSize), step))
  }
  const state = executor.readState()
  expect(executor.evaluate(samples(0, 13)).loss).toSatisfy(Number.isFinite)
  executor.dispose()
  return state
}

describe.each(Object.entries(networks))('%s', (_, spec) => {
  test('comes to the same bits on the native engine where it recomputes, for any number of threads', () => {
    const kept = trained(spec, 1, nativeBackend)
    for (const threads of [1, 2, 4]) {
      expect(trained({ ...spec, recompute: 'always' }, threads, nativeBackend)).toEqual(kept)
    }
  })

  test('comes to the same bits on the reference engine where it recomputes', { timeout: 120_000 }, () => {
    const small = { ...spec, batchSize: 13, timeSteps: Math.min(6, spec.timeSteps) }
    expect(trained({ ...small, recompute: 'always' }, 1, referenceBackend)).toEqual(
      trained(small, 1, referenceBackend),
    )
  })

  test('gives the same gradients and traces', () => {
    const [kept, made] = [spec, { ...spec, recompute: 'always' as const }].map((each) =>
      prepared(each, 2, nativeBackend),
    )
    expect(made.gradients(samples(1, 30))).toEqual(kept.gradients(samples(1, 30)))
    expect(made.trace(samples(1, 5))).toEqual(kept.trace(samples(1, 5)))
  })
})

describe.each(['native', 'reference'] as const)('memory of the %s engine', (engine) => {
  test.each([mapNetwork, residualNetwork])('is less where it recomputes', (spec) => {
    const large = { ...spec, batchSize: 512 }
    const [kept, made] = [large, { ...large, recompute: 'always' as const }].map((each) =>
      totalBytes(stepMemory(engine, compileNetwork(each), 2)),
    )
    expect(made / kept).toBeLessThan(engine === 'native' ? 0.75 : 0.98)
  })
})
