import { defaultLoss } from '../../../src-shared/lossTables.ts'
import fc from 'fast-check'
import type { NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { FieldValues } from '../../../src-shared/fields.ts'
import type { LayerNode } from '../../../src-shared/model/document.ts'
import { inferModel } from '../../../src-shared/model/shapes.ts'
import { defaultSurrogate } from '../../../src-shared/model/surrogates.ts'
import { layer } from './fixtures.ts'

/** A network over maps of one or two axes, whose layers fit each other. */
export interface MapCase {
  spec: NetworkSpec
  samples: number
}

export type Described = { kind: string; params: FieldValues }

const convolution: fc.Arbitrary<Described> = fc
  .record({
    outputs: fc.constantFrom(1, 3, 15, 16, 17, 33, 34),
    kernel: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.integer({ min: 0, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    groups: fc.constantFrom(1, 1, 3, 17),
    bias: fc.boolean(),
  })
  .map((params) => ({ kind: 'conv', params }))
const pooling: fc.Arbitrary<Described> = fc
  .record({
    kernel: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    average: fc.boolean(),
  })
  .chain(({ average, ...params }) =>
    fc
      .integer({ min: 0, max: Math.floor(params.kernel / 2) })
      .map((padding) => ({ kind: average ? 'avgpool' : 'maxpool', params: { ...params, padding } })),
  )
const adaptive: fc.Arbitrary<Described> = fc
  .integer({ min: 1, max: 3 })
  .map((size) => ({ kind: 'adaptiveavgpool', params: { size } }))
const norm: fc.Arbitrary<Described> = fc
  .record({ statistics: fc.constantFrom('sequence', 'step'), affine: fc.boolean() })
  .map((params) => ({ kind: 'batchnorm', params }))
const neuron: fc.Arbitrary<Described> = fc.constantFrom<Described[]>(
  { kind: 'if', params: { threshold: 0.4 } },
  { kind: 'leaky', params: { threshold: 0.3, beta: 0.8, learnBeta: true, betaPerNeuron: true } },
  { kind: 'lif', params: { threshold: 0.3, tau: 1.5 } },
  { kind: 'leaky', params: { threshold: 0.3, gradedSpikes: 0.7, learnGradedSpikes: true } },
  { kind: 'leaky', params: { threshold: 0.3, gradedSpikesPerNeuron: true, learnGradedSpikes: true } },
  { kind: 'rleaky', params: { threshold: 0.3, allToAll: false, V: -0.4, VPerNeuron: true } },
  { kind: 'rsynaptic', params: { threshold: 0.3, alpha: 0.5, recurrentKernel: 3, learnAlpha: true } },
  { kind: 'rleaky', params: { threshold: 0.3, recurrentKernel: 5, betaPerNeuron: true, learnBeta: true } },
  { kind: 'leaky', params: { threshold: 0.3, surrogate: defaultSurrogate('SSO') } },
)
export const anyLayer = fc.oneof(
  { weight: 4, arbitrary: convolution },
  { weight: 2, arbitrary: pooling },
  { weight: 1, arbitrary: adaptive },
  { weight: 3, arbitrary: norm },
  { weight: 3, arbitrary: neuron },
)

const spatial = new Set(['conv', 'avgpool', 'maxpool', 'adaptiveavgpool', 'batchnorm'])

export function named({ kind, params }: Described, index: number, axes: 1 | 2): LayerNode {
  return layer(`l${index}`, spatial.has(kind) ? `${kind}${axes}d` : kind, params)
}

/** The layers in order, without those that what comes before does not fit. */
function fitting(described: readonly Described[], shape: number[], axes: 1 | 2, norms: boolean): LayerNode[] {
  return described.reduce<LayerNode[]>((layers, next, index) => {
    // A norm of what is normalised already divides rounding by rounding.
    const isNorm = next.kind === 'batchnorm'
    if (isNorm && (!norms || layers.at(-1)?.kind.startsWith('batchnorm'))) return layers
    const more = [...layers, named(next, index, axes)]
    const model = { version: 1, name: 'random', input: { shape }, layers: more }
    return inferModel(model).layers.every(({ outputShape }) => outputShape !== null) ? more : layers
  }, [])
}

export const mapCases: fc.Arbitrary<MapCase> = fc
  .record({
    described: fc.array(anyLayer, { minLength: 1, maxLength: 6 }),
    axes: fc.constantFrom<(1 | 2)[]>(1, 2),
    channels: fc.constantFrom(1, 2, 3, 17),
    height: fc.integer({ min: 2, max: 7 }),
    width: fc.integer({ min: 2, max: 8 }),
    timeSteps: fc.integer({ min: 1, max: 6 }),
    truncation: fc.constantFrom(0, 0, 2),
    samples: fc.constantFrom(1, 2, 5, 9),
    spare: fc.integer({ min: 0, max: 3 }),
    isStatic: fc.boolean(),
    hidden: fc.option(fc.integer({ min: 1, max: 20 })),
    seed: fc.integer({ min: 0, max: 1000000 }),
    loss: fc.constantFrom(defaultLoss('mse_rate'), defaultLoss('ce_membrane_sum')),
  })
  .map(({ described, axes, channels, height, width, samples, spare, isStatic, hidden, ...rest }) => {
    const shape = axes === 2 ? [channels, height, width] : [channels, width]
    const layers = [
      ...fitting(described, shape, axes, samples > 2),
      layer('flat', 'flatten'),
      ...(hidden === null
        ? []
        : [
            layer('fc', 'linear', { outputs: hidden }),
            ...(samples > 2 ? [layer('b', 'batchnorm1d')] : []),
            layer('n', 'if', { threshold: 0.5 }),
          ]),
      layer('out', 'linear', { outputs: 4 }),
      layer('last', 'lif', { threshold: 0.3 }),
    ]
    const spec: NetworkSpec = {
      ...rest,
      model: { version: 1, name: 'random', input: { shape }, layers },
      batchSize: samples + spare,
      encoding: { kind: 'given', static: isStatic },
      optimizer: {
        kind: 'sgd',
        params: { learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 0.01 },
      },
      inputGradient: true,
    }
    return { spec, samples }
  })
