import type { FieldValues } from '../../fields.ts'
import {
  shapeValue,
  type LayerDefinition,
  type ParameterSpec,
  type ShapeMismatch,
} from '../layerDefinition.ts'
import { wantsMaps, type Axes } from '../window.ts'

function parameters(input: readonly number[], params: FieldValues): ParameterSpec[] {
  const tensor = (name: string, value: number, learnable: boolean): ParameterSpec => ({
    name,
    shape: [input[0]],
    learnable,
    initialise: { kind: 'constant', value },
  })
  return [
    ...(params.affine ? [tensor('weight', 1, true), tensor('bias', 0, true)] : []),
    tensor('running_mean', 0, false),
    tensor('running_var', 1, false),
  ]
}

function misfit(input: readonly number[], axes: Axes): ShapeMismatch | null {
  if (axes === 2) return input.length === 3 ? null : wantsMaps(input, 2)
  if (input.length === 1 || input.length === 2) return null
  return { wanted: { phrase: 'shape.features' }, found: shapeValue(input) }
}

function batchNorm(axes: Axes): LayerDefinition {
  return {
    kind: `batchnorm${axes}d`,
    label: `Batch norm ${axes}d`,
    family: 'synapse',
    help: 'Each channel is shifted and scaled to mean 0 and variance 1 over the batch, then by learned numbers.',
    equation: 'y = γ·(x - μ)/√(σ² + ε) + β',
    fields: [
      {
        type: 'choice',
        key: 'statistics',
        label: 'Statistics',
        default: 'sequence',
        options: [
          {
            value: 'sequence',
            label: 'over steps and batch',
            help: "One mean and variance for all steps (spikingjelly's multi-step mode).",
          },
          {
            value: 'step',
            label: 'at every step',
            help: 'Mean and variance of each step on its own (a layer inside a loop over time, as in snnTorch).',
          },
        ],
        help: 'What mean and variance are taken over while training.',
      },
      {
        type: 'number',
        key: 'epsilon',
        label: 'Epsilon',
        symbol: 'ε',
        min: 0,
        minExclusive: true,
        max: 1,
        step: 1e-5,
        default: 1e-5,
        help: 'Is added to the variance, so that the division is safe.',
      },
      {
        type: 'number',
        key: 'momentum',
        label: 'Momentum',
        min: 0,
        max: 1,
        step: 0.05,
        default: 0.1,
        help: 'Share of the new mean and variance in the running ones, which evaluation uses.',
      },
      {
        type: 'boolean',
        key: 'affine',
        label: 'Learned scale',
        symbol: 'γ, β',
        default: true,
        help: 'Whether each channel has a learned scale and shift.',
      },
    ],
    inferShape: (input) => misfit(input, axes) ?? [...input],
    parameters,
  }
}

/** torch's BatchNorm1d and BatchNorm2d; the running variance is the unbiased one, as there. */
export const batchNorm1d = batchNorm(1)
export const batchNorm2d = batchNorm(2)
