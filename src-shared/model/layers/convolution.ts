import type { FieldValues } from '../../fields.ts'
import { shapeText, type LayerDefinition, type ParameterSpec } from '../layerDefinition.ts'
import {
  dilationField,
  kernelField,
  paddingField,
  strideField,
  windowOf,
  windowOutput,
  windowProblem,
  type Axes,
} from '../window.ts'

function parameters(input: readonly number[], params: FieldValues, axes: Axes): ParameterSpec[] {
  const outputs = Number(params.outputs)
  const side = Number(params.kernel)
  const kernel = Array<number>(axes).fill(side)
  const inputs = input[0] / Number(params.groups)
  const initialise = { kind: 'uniform', bound: 1 / Math.sqrt(inputs * side ** axes) } as const
  const weight = { name: 'weight', shape: [outputs, inputs, ...kernel], learnable: true, initialise }
  const bias = { name: 'bias', shape: [outputs], learnable: true, initialise }
  return params.bias ? [weight, bias] : [weight]
}

function convolution(axes: Axes): LayerDefinition {
  return {
    kind: `conv${axes}d`,
    label: `Conv ${axes}d`,
    family: 'synapse',
    help:
      axes === 2
        ? 'A kernel slides over rows and columns; every output channel has one for each input channel.'
        : 'A kernel slides along the only axis; every output channel has one for each input channel.',
    equation: 'I = W ∗ S + b',
    fields: [
      {
        type: 'integer',
        key: 'outputs',
        label: 'Channels',
        symbol: 'C',
        min: 1,
        max: 65536,
        step: 1,
        default: 16,
        help: 'How many feature maps the layer makes.',
      },
      kernelField,
      strideField,
      paddingField,
      dilationField,
      {
        type: 'integer',
        key: 'groups',
        label: 'Groups',
        symbol: 'G',
        min: 1,
        max: 65536,
        step: 1,
        default: 1,
        help: 'Into how many parts the channels are divided; a part of the outputs sees only its part of the inputs.',
      },
      {
        type: 'boolean',
        key: 'bias',
        label: 'Bias',
        symbol: 'b',
        default: true,
        help: 'Adds a learned constant to each channel.',
      },
    ],
    inferShape(input, params) {
      const groups = Number(params.groups)
      const outputs = Number(params.outputs)
      const window = windowOf(input, params, axes, outputs)
      if (!window) return windowProblem(input, params, axes)
      if (input[0] % groups === 0 && outputs % groups === 0) return windowOutput(window, axes)
      return {
        wanted: { phrase: 'shape.grouped', groups },
        found: { phrase: 'shape.channels', shape: shapeText(input), outputs },
      }
    },
    parameters: (input, params) => parameters(input, params, axes),
  }
}

/** Convolutions with torch's default initialisation: ±1/√(inputs · kernel size) for weight and bias. */
export const conv1d = convolution(1)
export const conv2d = convolution(2)
