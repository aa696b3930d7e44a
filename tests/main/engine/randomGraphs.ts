import fc from 'fast-check'
import type { NetworkSpec } from '../../../src-main/engine/compile.ts'
import { defaultLoss } from '../../../src-shared/lossTables.ts'
import type { LayerNode } from '../../../src-shared/model/document.ts'
import { inferModel, type InferredLayer } from '../../../src-shared/model/shapes.ts'
import { layer, network } from './fixtures.ts'
import { anyLayer, named, type Described, type MapCase } from './randomMaps.ts'

const anything: fc.Arbitrary<Described> = fc.oneof(
  { weight: 14, arbitrary: anyLayer },
  { weight: 3, arbitrary: fc.constant({ kind: 'add', params: {} }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'concat', params: {} }) },
  {
    weight: 2,
    arbitrary: fc
      .record({ probability: fc.constantFrom(0, 0.2, 0.5), mask: fc.constantFrom('sequence', 'step') })
      .map((params) => ({ kind: 'dropout', params })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'flatten', params: {} }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(1, 5, 17, 32).map((outputs) => ({ kind: 'linear', params: { outputs } })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'batchnorm1d', params: {} }) },
)

interface Step {
  described: Described
  /** Which earlier layers it reads, counted from the last. */
  picks: number[]
}

const step: fc.Arbitrary<Step> = fc.record({
  described: anything,
  picks: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }),
})

const modelOf = (layers: LayerNode[], shape: number[]) => ({
  version: 1,
  name: 'random',
  input: { shape },
  layers,
})

/** What a join can read beside its first input: layers whose shapes agree with it. */
function partners(known: readonly InferredLayer[], first: string, kind: string): string[] {
  const shapes = new Map(known.map(({ node, outputShape }) => [node.id, outputShape ?? []]))
  const agreed = (shape: readonly number[]) => (kind === 'add' ? shape : shape.slice(1)).join()
  const wanted = shapes.get(first) ?? []
  return [...shapes].flatMap(([id, shape]) =>
    id !== first && shape.length === wanted.length && agreed(shape) === agreed(wanted) ? [id] : [],
  )
}

/** Layers that read any earlier ones; what nobody reads is flattened, joined and read out. */
function grown(steps: readonly Step[], shape: number[], axes: 1 | 2, norms: boolean): LayerNode[] {
  const layers: LayerNode[] = [layer('first', 'dropout', { probability: 0 })]
  steps.forEach(({ described, picks }, index) => {
    const known = inferModel(modelOf(layers, shape)).layers
    const id = (pick: number) => layers[Math.max(0, layers.length - 1 - pick)].id
    const { kind } = described
    const first = id(picks[0])
    const before = layers.find((node) => node.id === first)
    // A norm of what is normalised already, or of a mask alone, divides rounding by rounding.
    if (kind.startsWith('batchnorm') && (!norms || !/^(conv|linear)/.test(before?.kind ?? ''))) return
    const others = kind === 'add' || kind === 'concat' ? partners(known, first, kind) : []
    const chosen = [...new Set(picks.slice(1).map((pick) => others[pick % Math.max(1, others.length)]))]
    const inputs = [first, ...chosen.filter((other) => other !== undefined)]
    const node = { ...named(described, index, axes), inputs }
    const found = inferModel(modelOf([...layers, node], shape)).layers.at(-1)
    if (found?.outputShape) layers.push(node)
  })
  const read = new Set(layers.flatMap(({ inputs }) => inputs ?? []))
  const loose = layers.filter(({ id }) => !read.has(id))
  const flat = loose.map(({ id }) => ({ ...layer(`flat-${id}`, 'flatten'), inputs: [id] }))
  const joined = { ...layer('joined', 'concat'), inputs: flat.map(({ id }) => id) }
  return [
    ...layers,
    ...flat,
    ...(flat.length > 1 ? [joined] : []),
    layer('out', 'linear', { outputs: 4 }),
    layer('last', 'lif', { threshold: 0.3 }),
  ]
}

/** Small acyclic networks with branches, dropout, pooling and norms, on shapes at the edges. */
/** Networks whose last layer, or whose recurrent one, is given maps. */
export const flattenedCases: fc.Arbitrary<MapCase> = fc
  .record({
    kind: fc.constantFrom('lif', 'leaky', 'rleaky'),
    channels: fc.constantFrom(1, 3, 17),
    samples: fc.constantFrom(1, 3),
    timeSteps: fc.integer({ min: 1, max: 4 }),
    statistics: fc.constantFrom('sequence', 'step'),
    seed: fc.integer({ min: 0, max: 1000000 }),
  })
  .map(({ kind, channels, samples, statistics, ...rest }) => {
    const layers = [
      layer('conv', 'conv2d', { outputs: channels, kernel: 2 }),
      layer('flat', 'flatten'),
      ...(samples > 1 ? [layer('norm', 'batchnorm1d', { statistics })] : []),
      layer('hidden', kind, { threshold: 0.2 }),
      { ...layer('sum', 'add'), inputs: ['hidden', 'flat'] },
      layer('last', 'lif', { threshold: 0.3 }),
    ]
    const spec = network(layers, [1, 3, 3], {
      ...rest,
      batchSize: samples,
      encoding: { kind: 'given', static: false },
      loss: defaultLoss('mse_rate'),
      inputGradient: true,
    })
    return { spec, samples }
  })

export const graphCases: fc.Arbitrary<MapCase> = fc
  .record({
    steps: fc.array(step, { minLength: 3, maxLength: 8 }),
    axes: fc.constantFrom<(1 | 2)[]>(1, 2),
    channels: fc.constantFrom(1, 2, 3, 16, 17),
    height: fc.integer({ min: 1, max: 5 }),
    width: fc.integer({ min: 1, max: 6 }),
    timeSteps: fc.integer({ min: 1, max: 5 }),
    samples: fc.constantFrom(1, 2, 5),
    spare: fc.integer({ min: 0, max: 3 }),
    isStatic: fc.boolean(),
    seed: fc.integer({ min: 0, max: 1000000 }),
    loss: fc.constantFrom(defaultLoss('mse_rate'), defaultLoss('ce_membrane_sum')),
  })
  .map(({ steps, axes, channels, height, width, samples, spare, isStatic, ...rest }) => {
    const shape = axes === 2 ? [channels, height, width] : [channels, width]
    const spec: NetworkSpec = {
      ...rest,
      model: modelOf(grown(steps, shape, axes, samples > 2), shape),
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
