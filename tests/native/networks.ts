import { defaultLoss } from '../../src-shared/lossTables.ts'
import { compileNetwork, type NetworkSpec } from '../../src-main/engine/compile.ts'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import type { Backend, Executor, ImageSource, SampleBatch } from '../../src-main/engine/executor.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { defaultSurrogate } from '../../src-shared/model/surrogates.ts'
import { constantEncoding, layer, network, noise } from '../main/engine/fixtures.ts'

const leaky = { beta: 0.9, threshold: 0.5 }

/** Two layers of leaky neurons under a constant current: 70-45-10. */
export const staticNetwork = network(
  [
    layer('fc1', 'linear', { outputs: 45 }),
    layer('n1', 'leaky', { ...leaky, surrogate: defaultSurrogate('fast_sigmoid') }),
    layer('fc2', 'linear', { outputs: 10 }),
    layer('n2', 'leaky', { ...leaky, learnBeta: true, learnThreshold: true }),
  ],
  [70],
  { encoding: constantEncoding, batchSize: 50, timeSteps: 26 },
)

/** Drawn spikes through three layers, so that every kind of product is met: 150-40-33-6. */
export const spikingNetwork = network(
  [
    layer('fc1', 'linear', { outputs: 40, bias: false }),
    layer('n1', 'lif', { tau: 1.5, threshold: 0.3 }),
    layer('fc2', 'linear', { outputs: 33 }),
    layer('n2', 'if', { threshold: 0.4, reset: 'soft' }),
    layer('fc3', 'linear', { outputs: 6 }),
    layer('n3', 'leaky', { ...leaky, reset: 'zero' }),
  ],
  [150],
  {
    encoding: { kind: 'poisson', params: {} },
    batchSize: 50,
    timeSteps: 31,
    loss: defaultLoss('ce_membrane_sum'),
  },
)

/** Many steps and few weights, whose gradients are summed in parts of the batch: 150-12-6. */
export const longNetwork = network(
  [
    layer('fc1', 'linear', { outputs: 12 }),
    layer('n1', 'leaky', { ...leaky, learnBeta: true }),
    layer('fc2', 'linear', { outputs: 6 }),
    layer('n2', 'lif', { tau: 1.5, threshold: 0.3 }),
  ],
  [150],
  { encoding: { kind: 'poisson', params: {} }, batchSize: 50, timeSteps: 67 },
)

/** A first layer that threads share out by its outputs: 300-130-6. */
export const wideNetwork = network(
  [
    layer('fc1', 'linear', { outputs: 130 }),
    layer('n1', 'leaky', { ...leaky, surrogate: defaultSurrogate('fast_sigmoid') }),
    layer('fc2', 'linear', { outputs: 6 }),
    layer('n2', 'leaky', leaky),
  ],
  [300],
  { encoding: constantEncoding, batchSize: 50, timeSteps: 8 },
)

/** Convolutions of a constant current and of spikes, normalised and pooled: 12 × 12 in 17 and 20 channels. */
export const mapNetwork = network(
  [
    layer('conv1', 'conv2d', { outputs: 17, kernel: 3, padding: 1, bias: false }),
    layer('b1', 'batchnorm2d'),
    layer('n1', 'if', { threshold: 0.5 }),
    layer('p1', 'maxpool2d', { kernel: 2, stride: 2 }),
    layer('conv2', 'conv2d', { outputs: 20, kernel: 3, padding: 1 }),
    layer('b2', 'batchnorm2d'),
    layer('n2', 'if', { threshold: 0.5 }),
    layer('p2', 'maxpool2d', { kernel: 2, stride: 2 }),
    layer('f', 'flatten'),
    layer('fc', 'linear', { outputs: 6 }),
    layer('out', 'if', { threshold: 0.5 }),
  ],
  [1, 12, 12],
  { encoding: constantEncoding, batchSize: 50, timeSteps: 4, loss: defaultLoss('mse_rate') },
)

/** Statistics of each step, dropout, and neurons of maps that hear each other, on drawn spikes. */
export const recurrentMaps = network(
  [
    layer('conv1', 'conv2d', { outputs: 17, kernel: 3, padding: 1 }),
    layer('b1', 'batchnorm2d', { statistics: 'step' }),
    layer('n1', 'rleaky', { ...leaky, allToAll: true, recurrentKernel: 3 }),
    layer('drop', 'dropout', { probability: 0.3, mask: 'step' }),
    layer('pool', 'avgpool2d', { kernel: 2, stride: 2 }),
    layer('f', 'flatten'),
    layer('fc', 'linear', { outputs: 6 }),
    layer('out', 'leaky', { beta: 0.9, threshold: 0.1, learnBeta: true }),
  ],
  [1, 8, 8],
  { encoding: { kind: 'poisson', params: {} }, batchSize: 50, timeSteps: 8, truncation: 5 },
)

export const indicesFrom = (first: number, count: number) =>
  Uint32Array.from({ length: count }, (_, i) => (first + i * 7) % 60)

export const samples = (first: number, count: number, epoch = 0): SampleBatch => ({
  kind: 'samples',
  split: 'train',
  indices: indicesFrom(first, count),
  epoch,
})

/** 60 images, black but for a bright pixel here and there, and one of them all over; each a little smaller than the one before. */
export function darkImages(pixels: number): ImageSource {
  const source = noise(60, pixels, 6)
  const isLit = (image: number, pixel: number) =>
    image !== 3 && pixel < pixels - image && (((image * pixels + pixel) * 2654435761) >>> 0) % 23 === 0
  const images = source.images.map((byte, i) => (isLit(Math.floor(i / pixels), i % pixels) ? byte : 0))
  return { ...source, images }
}

/** An executor with 60 images of noise bound to it; weights are doubled so that neurons fire. */
export function prepared(spec: NetworkSpec, threads: number, backend: Backend = nativeBackend): Executor {
  const program = compileNetwork(spec)
  const executor = backend.create(program, threads)
  const outputs = program.values.find(({ id }) => id === program.loss.input)?.shape[0] ?? 1
  executor.bind('train', noise(60, elementCount(spec.model.input.shape), outputs))
  const state = executor.readState()
  for (const { name, data } of state.parameters) {
    if (name.endsWith('.weight')) data.forEach((value, i) => (data[i] = 2 * value))
  }
  executor.writeState(state)
  return executor
}
