import * as fc from 'fast-check'
import type { NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { RegulariserSettings } from '../../../src-shared/experiment.ts'

const weightDecay = fc.constantFrom(0, 0.01)
const momentum = fc.constantFrom(0, 0.9)

const adamParams = fc.record({
  learningRate: fc.constant(0.01),
  beta1: fc.constantFrom(0, 0.9),
  beta2: fc.constant(0.99),
  epsilon: fc.constantFrom(1e-8, 1e-3),
  weightDecay,
})

/** Every optimizer with every part that it may have. */
export const optimizers: fc.Arbitrary<NetworkSpec['optimizer']> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('adam' as const, 'adamw' as const, 'adamax' as const),
    params: adamParams,
  }),
  fc.record({
    kind: fc.constant('rmsprop' as const),
    params: fc.record({
      learningRate: fc.constant(0.01),
      alpha: fc.constantFrom(0.5, 0.99),
      epsilon: fc.constant(1e-3),
      momentum,
      centered: fc.boolean(),
      weightDecay,
    }),
  }),
  fc.record({
    kind: fc.constant('sgd' as const),
    params: fc.record({
      learningRate: fc.constant(0.1),
      momentum,
      dampening: fc.constantFrom(0, 0.3),
      nesterov: fc.boolean(),
      weightDecay,
    }),
  }),
)

/** Every way to clip, at sizes that gradients of small networks reach. */
export const clippings: fc.Arbitrary<NetworkSpec['clipping']> = fc.oneof(
  fc.constant(undefined),
  fc.record({
    kind: fc.constantFrom('norm' as const, 'value' as const),
    params: fc.record({ most: fc.constantFrom(0.01, 0.3, 100) }),
  }),
)

/** Regularisers of all layers, strong enough to tell in gradients. */
export const regularisers: fc.Arbitrary<RegulariserSettings[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('l1_rate' as const, 'synaptic_operations' as const),
      params: fc.record({ strength: fc.constantFrom(0.001, 0.05) }),
      layers: fc.constant<string[]>([]),
    }),
    fc.record({
      kind: fc.constant('target_rate' as const),
      params: fc.record({ strength: fc.constant(0.3), target: fc.constantFrom(0, 0.2, 1) }),
      layers: fc.constant<string[]>([]),
    }),
  ),
  { maxLength: 2 },
)
