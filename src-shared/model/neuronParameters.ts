import type { BooleanField, ChoiceField, FieldValues, NumberField } from '../fields.ts'
import {
  elementCount,
  shapeValue,
  type Initialiser,
  type ParameterSpec,
  type ShapeMismatch,
} from './layerDefinition.ts'

/** Fields and tensors of snnTorch's neurons: shares of what is left after a step, resets, what is learned. */

/** A decay between 0 and 1. */
export function decayField(
  key: string,
  label: string,
  symbol: string,
  preset: number,
  help: string,
): NumberField {
  return {
    type: 'number',
    key,
    label,
    symbol,
    unit: 'per step',
    min: 0,
    max: 1,
    step: 0.01,
    default: preset,
    help,
  }
}

export function switchField(key: string, label: string, preset: boolean, help: string): BooleanField {
  return { type: 'boolean', key, label, default: preset, help }
}

/** Whether a parameter is trained, and whether every neuron has its own. */
export function learningFields(
  ...parameters: readonly (readonly [name: string, symbol: string])[]
): BooleanField[] {
  return parameters.flatMap(([name, symbol]) => {
    const capital = `${name[0].toUpperCase()}${name.slice(1)}`
    return [
      switchField(`learn${capital}`, `Learn ${symbol}`, false, `Whether ${symbol} is trained.`),
      switchField(
        `${name}PerNeuron`,
        `${symbol} per neuron`,
        false,
        `Whether every neuron has a ${symbol} of its own.`,
      ),
    ]
  })
}

/** snnTorch's three resets; `zero` says what its zero leaves. */
export function flagResetField(zero: string, preset: 'subtract' | 'zero' = 'subtract'): ChoiceField {
  return {
    type: 'choice',
    key: 'reset',
    label: 'Reset',
    default: preset,
    options: [
      { value: 'subtract', label: 'subtract', help: 'The threshold is subtracted from the membrane.' },
      { value: 'zero', label: 'zero', help: zero },
      { value: 'none', label: 'none', help: 'The membrane is left as it is.' },
    ],
    help: 'What a spike does to the membrane.',
  }
}

export const resetDelayField = switchField(
  'resetDelay',
  'Delayed reset',
  true,
  "Whether the reset acts one step after the spike (snnTorch's default) or in the same step.",
)

/** snnTorch's `inhibition`; which of the neurons wins is decided among those of one sample at one step. */
export const inhibitionField: BooleanField = {
  ...switchField(
    'inhibition',
    'Inhibition',
    false,
    'Whether of all neurons of the layer only the one with the largest membrane may fire at a step.',
  ),
  optional: true,
}

/** The shape that leaves such a layer: snnTorch inhibits among neurons in a row, not over maps. */
export function inhibitedShape(input: readonly number[], params: FieldValues): number[] | ShapeMismatch {
  if (params.inhibition !== true || input.length === 1) return [...input]
  return { wanted: { phrase: 'shape.axis' }, found: shapeValue(input) }
}

/** The tensor of a parameter that `learningFields` offers: `[]`, or `[N]` with one value for each neuron. */
export function neuronParameter(
  name: string,
  input: readonly number[],
  params: FieldValues,
  initialise: Initialiser = { kind: 'constant', value: Number(params[name]) },
): ParameterSpec {
  const capital = `${name[0].toUpperCase()}${name.slice(1)}`
  return {
    name,
    shape: params[`${name}PerNeuron`] ? [elementCount(input)] : [],
    learnable: params[`learn${capital}`] === true,
    initialise,
  }
}
