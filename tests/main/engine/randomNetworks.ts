import { defaultLoss, lossKinds } from '../../../src-shared/lossTables.ts'
import fc from 'fast-check'
import { compileNetwork, type NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { Batch, Executor, ImageSource, TrainingState } from '../../../src-main/engine/executor.ts'
import type { Program } from '../../../src-main/engine/program.ts'
import type { LossSettings } from '../../../src-shared/experiment.ts'
import type { FieldValues, SurrogateValue } from '../../../src-shared/fields.ts'
import type { LayerNode } from '../../../src-shared/model/document.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { defaultSurrogate, surrogates } from '../../../src-shared/model/surrogates.ts'
import { layer, noise, numbers } from './fixtures.ts'

/** A small network with something to run it on. */
export interface RandomCase {
  spec: NetworkSpec
  batch: Batch
  images: ImageSource
  /** Weights are multiplied by this, so that neurons fire. */
  gain: number
}

const surrogatesOf = (framework: string): fc.Arbitrary<SurrogateValue> =>
  fc.constantFrom(
    ...surrogates.filter((each) => each.framework === framework).map(({ name }) => defaultSurrogate(name)),
  )
const thresholds = fc.constantFrom(0.3, 0.7, 1)

const rarely = fc.constantFrom(false, false, false, true)
const graded = {
  gradedSpikes: fc.constantFrom(1, 1, 0.5, 1.5),
  learnGradedSpikes: rarely,
  gradedSpikesPerNeuron: rarely,
}

const leaky: fc.Arbitrary<FieldValues> = fc.record({
  beta: fc.constantFrom(0, 0.5, 0.9, 0.95, 1),
  threshold: thresholds,
  reset: fc.constantFrom('subtract', 'zero', 'none'),
  resetDelay: fc.boolean(),
  surrogate: surrogatesOf('snntorch'),
  learnBeta: fc.boolean(),
  learnThreshold: fc.boolean(),
  betaPerNeuron: fc.boolean(),
  thresholdPerNeuron: fc.boolean(),
  inhibition: rarely,
  ...graded,
})
const integrateFire: fc.Arbitrary<FieldValues> = fc.record({
  threshold: thresholds,
  reset: fc.constantFrom('hard', 'soft'),
  resetValue: fc.constantFrom(-0.25, 0, 0.1),
  detachReset: fc.boolean(),
  surrogate: surrogatesOf('spikingjelly'),
})
const lif: fc.Arbitrary<FieldValues> = fc
  .tuple(integrateFire, fc.constantFrom(1.5, 2, 5), fc.boolean())
  .map(([params, tau, decayInput]) => ({ ...params, tau, decayInput }))

/** What neurons in snnTorch's timing share. */
const flagReset = {
  threshold: thresholds,
  reset: fc.constantFrom('subtract', 'zero', 'none'),
  surrogate: surrogatesOf('snntorch'),
  learnThreshold: fc.boolean(),
  thresholdPerNeuron: fc.boolean(),
}
const inhibits = { inhibition: rarely }
const shares = { alpha: fc.constantFrom(0, 0.5, 0.9, 1), beta: fc.constantFrom(0, 0.5, 0.9, 1) }
const learnsShares = {
  learnAlpha: fc.boolean(),
  alphaPerNeuron: fc.boolean(),
  learnBeta: fc.boolean(),
  betaPerNeuron: fc.boolean(),
}
const learnsBeta = { learnBeta: fc.boolean(), betaPerNeuron: fc.boolean() }
const recurrent = {
  allToAll: fc.boolean(),
  V: fc.constantFrom(-0.4, 0.4),
  VPerNeuron: fc.boolean(),
  learnRecurrent: fc.boolean(),
}
const flagNeurons = {
  lapicque: fc.record({
    ...inhibits,
    ...flagReset,
    circuit: fc.constantFrom('beta', 'rc', 'betaR', 'betaC'),
    beta: fc.constantFrom(0.5, 0.7),
    resistance: fc.constantFrom(1, 2),
    capacitance: fc.constantFrom(1, 3),
  }),
  synaptic: fc.record({ ...flagReset, ...inhibits, ...shares, ...learnsShares, resetDelay: fc.boolean() }),
  alpha: fc.record({
    ...inhibits,
    ...flagReset,
    ...learnsBeta,
    threshold: fc.constantFrom(0.1, 0.3),
    alpha: fc.constantFrom(0.7, 0.9),
    beta: fc.constantFrom(0.3, 0.6),
  }),
  rleaky: fc.record({
    ...inhibits,
    ...flagReset,
    ...recurrent,
    ...learnsBeta,
    beta: shares.beta,
    resetDelay: fc.boolean(),
  }),
  rsynaptic: fc.record({ ...flagReset, ...inhibits, ...recurrent, ...shares, ...learnsShares }),
  leakyparallel: fc.record({
    outputs: fc.integer({ min: 1, max: 40 }),
    bias: fc.boolean(),
    betaGiven: fc.boolean(),
    beta: fc.constantFrom(0.5, 0.9),
    learnBeta: fc.boolean(),
    dense: fc.boolean(),
    threshold: thresholds,
    learnThreshold: fc.boolean(),
    surrogate: surrogatesOf('snntorch'),
    ...graded,
  }),
  alif: fc.record({
    ...flagReset,
    ...shares,
    ...learnsShares,
    adapt: fc.constantFrom(0.5, 1.8),
    normalise: fc.boolean(),
    detachAdaptation: fc.boolean(),
    learnAdapt: fc.boolean(),
    adaptPerNeuron: fc.boolean(),
  }),
}

/** A neuron of spikingjelly with numbers of its own. */
const sameStep = (own: Record<string, fc.Arbitrary<number | boolean | string>>): fc.Arbitrary<FieldValues> =>
  fc.tuple(integrateFire, fc.record(own)).map(([params, numbers]) => ({ ...params, ...numbers }))
const tau = fc.constantFrom(1.5, 2, 5)
// After a soft reset the growth of these may leave float32.
const hard = { reset: fc.constant('hard') }
const quadratic = {
  ...hard,
  tau,
  critical: fc.constantFrom(0.5, 0.8),
  gain: fc.constantFrom(0.5, 1),
  rest: fc.constantFrom(-0.1, 0),
}
const sameStepNeurons = {
  plif: sameStep({ tau, decayInput: fc.boolean(), learnTau: fc.boolean() }),
  qif: sameStep(quadratic),
  eif: sameStep({
    ...hard,
    tau,
    sharpness: fc.constantFrom(0.5, 1),
    rheobase: fc.constantFrom(0.5, 0.8),
    rest: fc.constantFrom(-0.1, 0),
  }),
  izhikevich: sameStep({
    ...quadratic,
    recoveryRest: fc.constantFrom(-0.1, 0, 0.2),
    recoveryTau: fc.constantFrom(2, 5),
    coupling: fc.constantFrom(0, 0.3),
    jump: fc.constantFrom(0, 0.2),
  }),
  klif: sameStep({ tau, decayInput: fc.boolean(), scaleReset: fc.boolean(), learnK: fc.boolean() }),
  cubalif: sameStep({ currentDecay: fc.constantFrom(0, 0.5), voltageDecay: fc.constantFrom(0.5, 0.75) }),
}

/** Values of the table of every kind of neuron. */
export const neuronTables: Record<string, fc.Arbitrary<FieldValues>> = {
  leaky,
  lif,
  if: integrateFire,
  ...flagNeurons,
  ...sameStepNeurons,
} as Record<string, fc.Arbitrary<FieldValues>>
const kinds = Object.entries(neuronTables)
const neuron = fc.oneof(...kinds.map(([kind, params]) => fc.record({ kind: fc.constant(kind), params })))

const synapse = fc.option(fc.record({ outputs: fc.integer({ min: 1, max: 40 }), bias: fc.boolean() }), {
  freq: 6,
})
const blocks = fc.array(fc.record({ synapse, neuron }), { minLength: 1, maxLength: 3 })

function layersOf(
  described: readonly { synapse: FieldValues | null; neuron: { kind: string; params: FieldValues } }[],
) {
  return described.flatMap(({ synapse: linear, neuron: { kind, params } }, i): LayerNode[] => [
    ...(linear ? [layer(`fc${i}`, 'linear', linear)] : []),
    layer(`n${i}`, kind, params),
  ])
}

const shape = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((size) => [size]),
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 12 })).map(([a, b]) => [a, b, 2]),
)

const encoding: fc.Arbitrary<NetworkSpec['encoding']> = fc.oneof(
  fc.record({ kind: fc.constant('given' as const), static: fc.boolean() }),
  fc.record({ kind: fc.constant('constant' as const), params: fc.constant({ gain: 1.5, offset: -0.1 }) }),
  fc.record({ kind: fc.constant('rate' as const), params: fc.constant({ gain: 0.8, offset: 0.05 }) }),
  fc.record({ kind: fc.constant('poisson' as const), params: fc.constant({}) }),
)

/**
 * Every loss whose gradient does not jump: which step has the largest membrane hangs on rounding. (The golden
 * vectors hold that one.)
 */
export const comparableLosses = lossKinds.filter((kind) => kind !== 'ce_max_membrane')

/** The losses, plain and with other numbers than the defaults. */
const losses: fc.Arbitrary<LossSettings> = fc.oneof(
  fc.constantFrom(...comparableLosses).map(defaultLoss),
  fc.constantFrom(
    ...comparableLosses.map((kind): LossSettings => {
      const { params } = defaultLoss(kind)
      const others: FieldValues = {
        labelSmoothing: 0.1,
        inverse: 'reciprocal',
        correctRate: 0.7,
        incorrectRate: 0.2,
        onTarget: 1.5,
        offTarget: -0.5,
        onTime: 2,
        offTime: -3,
        tolerance: 2,
        readout: params.readout === 'count' ? 'first_spike' : 'count',
      }
      const known = Object.entries(others).filter(([key]) => key in params)
      return { kind, params: { ...params, ...Object.fromEntries(known) } }
    }),
  ),
)

const optimizer: fc.Arbitrary<NetworkSpec['optimizer']> = fc.oneof(
  fc.record({
    kind: fc.constant('adam' as const),
    params: fc.record({
      learningRate: fc.constant(0.01),
      beta1: fc.constantFrom(0, 0.9),
      beta2: fc.constant(0.99),
      epsilon: fc.constantFrom(1e-8, 1e-3),
      weightDecay: fc.constantFrom(0, 0.01),
    }),
  }),
  fc.record({
    kind: fc.constant('sgd' as const),
    params: fc.record({
      learningRate: fc.constant(0.1),
      momentum: fc.constantFrom(0, 0.9),
      nesterov: fc.boolean(),
      weightDecay: fc.constantFrom(0, 0.01),
    }),
  }),
)

function batchOf(spec: NetworkSpec, program: Program, size: number): Batch {
  const indices = Uint32Array.from({ length: size }, (_, b) => (b * 7 + spec.seed) % 20)
  if (spec.encoding.kind !== 'given')
    return { kind: 'samples', split: 'train', indices, epoch: spec.seed % 3 }
  const steps = spec.encoding.static ? 1 : spec.timeSteps
  const values = numbers(steps * size * elementCount(spec.model.input.shape), spec.seed, -0.5, 1.5)
  const classes = elementCount(program.values.find(({ id }) => id === program.loss.input)?.shape ?? [1])
  return { kind: 'values', values, labels: Uint8Array.from(indices, (index) => index % classes) }
}

/** Networks of one to three neuron layers with every kind of parameter, and a batch that may be short. */
export const randomCases: fc.Arbitrary<RandomCase> = fc
  .record({
    blocks,
    shape,
    encoding,
    optimizer,
    timeSteps: fc.oneof(
      { weight: 1, arbitrary: fc.constant(1) },
      { weight: 4, arbitrary: fc.integer({ min: 2, max: 20 }) },
    ),
    truncation: fc.constantFrom(0, 0, 1, 4, 7),
    size: fc.integer({ min: 1, max: 9 }),
    spare: fc.integer({ min: 0, max: 4 }),
    loss: losses,
    seed: fc.integer({ min: 0, max: 4294967295 }),
    gain: fc.constantFrom(1, 3, 6),
  })
  .map(({ blocks: described, shape: input, size, spare, gain, ...rest }) => {
    const layers = layersOf(described)
    const flat = input.length > 1 ? [layer('flat', 'flatten'), ...layers] : layers
    const spec: NetworkSpec = {
      ...rest,
      model: { version: 1, name: 'random', input: { shape: input }, layers: flat },
      batchSize: size + spare,
      inputGradient: rest.encoding.kind === 'given',
    }
    const program = compileNetwork(spec)
    const outputs = elementCount(program.values.find(({ id }) => id === program.loss.input)?.shape ?? [1])
    return {
      spec,
      gain,
      batch: batchOf(spec, program, size),
      images: noise(20, elementCount(input), outputs),
    }
  })

/** Binds the images and multiplies every weight, so that neurons fire. */
export function prepare(executor: Executor, { images, gain }: RandomCase, factor = 1): TrainingState {
  if (executor.program.forward.every((op) => op.op !== 'encode' || op.encoding !== 'given')) {
    executor.bind('train', images)
  }
  const state = executor.readState()
  for (const { name, data } of state.parameters) {
    if (/\.(weight|bias)$/.test(name)) data.forEach((value, i) => (data[i] = value * gain * factor))
  }
  executor.writeState(state)
  return state
}
