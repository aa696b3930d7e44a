import fc from 'fast-check'
import type { NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { FrameBatch } from '../../../src-main/engine/executor.ts'
import { defaultLoss } from '../../../src-shared/lossTables.ts'
import type { FieldValues } from '../../../src-shared/fields.ts'
import type { LayerNode } from '../../../src-shared/model/document.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { inferModel } from '../../../src-shared/model/shapes.ts'
import { defaultSurrogate } from '../../../src-shared/model/surrogates.ts'
import { layer } from './fixtures.ts'
import { randomFrames } from './randomFrames.ts'

/** A network of convolutions on event frames, with frames for it. */
export interface EventCase {
  spec: NetworkSpec
  batch: FrameBatch
  /** Weights are multiplied by this, so that neurons fire. */
  gain: number
}

const convolution: fc.Arbitrary<FieldValues> = fc.record({
  outputs: fc.constantFrom(1, 3, 16, 17, 34),
  groups: fc.constantFrom(1, 1, 1, 17),
  kernel: fc.integer({ min: 1, max: 4 }),
  stride: fc.constantFrom(1, 1, 2),
  padding: fc.constantFrom(0, 0, 1, 2),
  bias: fc.boolean(),
})

/** Mostly those that go back together with their pooling; others now and then. */
const neuron = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('leaky'),
      params: fc.record({
        beta: fc.constantFrom(0, 0.5, 0.9),
        threshold: fc.constantFrom(0.3, 0.6),
        reset: fc.constantFrom('subtract', 'subtract', 'none', 'zero'),
        learnBeta: fc.constantFrom(false, false, false, true),
        surrogate: fc.constantFrom('fast_sigmoid', 'atan', 'sigmoid').map(defaultSurrogate),
      }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'if', params: { threshold: 0.4 } as FieldValues }) },
)

const pooling = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(2, 2, 3)
      .map((kernel) => ({ kind: 'maxpool2d', params: { kernel, stride: kernel } })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'maxpool2d', params: { kernel: 2, stride: 1 } }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'avgpool2d', params: { kernel: 2, stride: 2 } }) },
  { weight: 1, arbitrary: fc.constant(null) },
)

const block = fc.record({ convolution, neuron, pooling })

/** The layers of the blocks that fit what comes before them. */
function fitting(
  blocks: readonly {
    convolution: FieldValues
    neuron: { kind: string; params: object }
    pooling: { kind: string; params: FieldValues } | null
  }[],
  shape: number[],
): LayerNode[] {
  return blocks.reduce<LayerNode[]>((layers, next, i) => {
    const more = [
      ...layers,
      layer(`conv${i}`, 'conv2d', next.convolution),
      layer(`n${i}`, next.neuron.kind, next.neuron.params as FieldValues),
      ...(next.pooling ? [layer(`pool${i}`, next.pooling.kind, next.pooling.params)] : []),
    ]
    const model = { version: 1, name: 'random', input: { shape }, layers: more }
    return inferModel(model).layers.every(({ outputShape }) => outputShape !== null) ? more : layers
  }, [])
}

export const eventCases: fc.Arbitrary<EventCase> = fc
  .record({
    blocks: fc.array(block, { minLength: 1, maxLength: 2 }),
    shape: fc.tuple(fc.constantFrom(1, 2, 17), fc.integer({ min: 3, max: 7 }), fc.constantFrom(3, 5, 10)),
    density: fc.constantFrom(0, 0.02, 0.1, 0.3, 1),
    counts: fc.boolean(),
    timeSteps: fc.constantFrom(1, 2, 5, 5, 26),
    samples: fc.constantFrom(1, 1, 2, 17),
    spare: fc.constantFrom(0, 3),
    hidden: fc.constantFrom(0, 9, 40),
    gain: fc.constantFrom(1, 3),
    inputGradient: fc.boolean(),
    truncation: fc.constantFrom(0, 0, 3),
    seed: fc.integer({ min: 0, max: 1000000 }),
  })
  .map(({ blocks, shape, density, counts, timeSteps, samples, spare, hidden, gain, ...rest }) => {
    const layers = [
      ...fitting(blocks, shape),
      layer('flat', 'flatten'),
      ...(hidden > 0
        ? [layer('fc', 'linear', { outputs: hidden }), layer('nfc', 'leaky', { threshold: 0.3 })]
        : []),
      layer('out', 'linear', { outputs: 4 }),
      layer('last', 'leaky', { threshold: 0.3 }),
    ]
    const width = elementCount(shape)
    const batch = randomFrames({ samples, steps: timeSteps, width, density, counts, seed: rest.seed })
    const spec: NetworkSpec = {
      ...rest,
      model: { version: 1, name: 'events', input: { shape }, layers },
      timeSteps,
      batchSize: samples + spare,
      encoding: { kind: 'given', static: false, spikes: !counts },
      loss: defaultLoss('ce_rate'),
      optimizer: {
        kind: 'sgd',
        params: { learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 0.01 },
      },
    }
    return { spec, batch, gain }
  })
