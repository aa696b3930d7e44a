import { describe, expect, it } from 'vitest'
import { backends, findBackend } from '../../../src-main/engine/backends/index.ts'
import type { FieldValues } from '../../../src-shared/fields.ts'
import { defaultLoss } from '../../../src-shared/lossTables.ts'
import { expectClose, run } from './comparedRuns.ts'
import { layer, network } from './fixtures.ts'
import type { MapCase } from './randomMaps.ts'

interface Shape {
  timeSteps: number
  channels: number
  height: number
  width: number
  conv: FieldValues
  /** Of the max pooling after the second neurons: side by side, or one over the other. */
  pool?: FieldValues
}

/** Neurons, a convolution of their spikes, normalised neurons, pooling, and a linear layer. */
function caseOf({
  timeSteps,
  channels,
  height,
  width,
  conv,
  pool = { kernel: 2, stride: 2 },
}: Shape): MapCase {
  const layers = [
    layer('n1', 'if', { threshold: 0.4 }),
    layer('conv', 'conv2d', { outputs: 18, kernel: 3, padding: 1, ...conv }),
    layer('b', 'batchnorm2d'),
    layer('n2', 'if', { threshold: 0.5 }),
    layer('p', 'maxpool2d', { ...pool }),
    layer('f', 'flatten'),
    layer('fc1', 'linear', { outputs: 37 }),
    layer('n3', 'if', { threshold: 0.3 }),
    layer('fc', 'linear', { outputs: 4 }),
    layer('out', 'lif', { threshold: 0.3 }),
  ]
  const spec = network(layers, [channels, height, width], {
    timeSteps,
    batchSize: 5,
    encoding: { kind: 'given', static: false },
    loss: defaultLoss('mse_rate'),
    // Adam would make steps of the rounding that is left of a bias under a normalisation.
    optimizer: { kind: 'sgd', params: { learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 0 } },
    inputGradient: true,
  })
  return { spec, samples: 5 }
}

const shapes: Record<string, Shape> = {
  'one group of steps': { timeSteps: 4, channels: 17, height: 6, width: 6, conv: {} },
  'too few steps for tables': { timeSteps: 2, channels: 17, height: 6, width: 6, conv: {} },
  'two groups of steps': { timeSteps: 7, channels: 16, height: 4, width: 4, conv: { outputs: 33 } },
  'many steps': { timeSteps: 23, channels: 3, height: 4, width: 6, conv: { outputs: 2 } },
  'rows wider than the tables hold': {
    timeSteps: 5,
    channels: 2,
    height: 4,
    width: 22,
    conv: { outputs: 32 },
  },
  'strides and a wide kernel': {
    ...{ timeSteps: 4, channels: 20, height: 9, width: 9 },
    conv: { kernel: 4, stride: 2, padding: 2 },
  },
  'dilation without padding': {
    ...{ timeSteps: 6, channels: 5, height: 9, width: 8 },
    conv: { kernel: 3, dilation: 2, padding: 0 },
  },
  groups: { timeSteps: 4, channels: 12, height: 6, width: 6, conv: { groups: 3 } },
  'rows that the kernel never reaches': {
    ...{ timeSteps: 4, channels: 3, height: 8, width: 8 },
    conv: { kernel: 2, stride: 3, padding: 0 },
    pool: { kernel: 1, stride: 1 },
  },
  'pooling that leaves a border': { timeSteps: 4, channels: 3, height: 7, width: 7, conv: {} },
  'pooling one over the other': {
    ...{ timeSteps: 4, channels: 3, height: 7, width: 7, conv: {} },
    pool: { kernel: 3, stride: 2, padding: 1 },
  },
}

const reference = findBackend('reference')

describe.each(backends.map(({ id }) => id))('%s on convolutions of spikes', (id) => {
  const backend = findBackend(id)
  const test = backend.unavailable() === null ? it : it.skip

  test.each(Object.keys(shapes))('agrees with the reference: %s', (name) => {
    const given = caseOf(shapes[name])
    const [found, wanted] = [run(backend, given, 1), run(reference, given, 1)]
    expect(found.before.map(({ spikes }) => spikes)).toEqual(wanted.before.map(({ spikes }) => spikes))
    expect(wanted.result.layerSpikes[1]).toBeGreaterThan(0)
    expectClose(found.gradients, wanted.gradients)
    expectClose(found.state.parameters, wanted.state.parameters)
    expect(run(backend, given, 3)).toEqual(found)
  })
})
