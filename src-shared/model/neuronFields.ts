import type { BooleanField, ChoiceField, NumberField, SurrogateField } from '../fields.ts'
import { defaultSurrogate, surrogates } from './surrogates.ts'

/** Fields that several neurons share, so that a threshold is a threshold everywhere. */

export const thresholdField: NumberField = {
  type: 'number',
  key: 'threshold',
  label: 'Threshold',
  symbol: 'θ',
  min: 0,
  minExclusive: true,
  max: 1000,
  step: 0.1,
  default: 1,
  help: 'The membrane potential at which the neuron fires.',
}

export function surrogateField(framework: 'snntorch' | 'spikingjelly', preset: string): SurrogateField {
  return {
    type: 'surrogate',
    key: 'surrogate',
    label: 'Surrogate',
    default: defaultSurrogate(preset),
    options: surrogates
      .filter((surrogate) => surrogate.framework === framework)
      .map((surrogate) => surrogate.name),
    help: 'What stands for the derivative of the spike in the backward pass.',
  }
}

/** spikingjelly's resets: to a value, or by subtraction of the threshold. */
export const hardSoftResetField: ChoiceField = {
  type: 'choice',
  key: 'reset',
  label: 'Reset',
  default: 'hard',
  options: [
    { value: 'hard', label: 'hard', help: 'The membrane is set to the reset value.' },
    { value: 'soft', label: 'soft', help: 'The threshold is subtracted from the membrane.' },
  ],
  help: 'What a spike does to the membrane, in the same step.',
}

export const resetValueField: NumberField = {
  type: 'number',
  key: 'resetValue',
  label: 'Reset value',
  symbol: 'V₀',
  min: -1000,
  max: 1000,
  step: 0.1,
  default: 0,
  help: 'Where a hard reset puts the membrane; also its value before the first step.',
}

export const detachResetField: BooleanField = {
  type: 'boolean',
  key: 'detachReset',
  label: 'Detach reset',
  default: false,
  help: 'Whether the gradient is cut where the reset reads the spike.',
}

/** A time constant of spikingjelly's neurons, in steps. */
export function timeConstantField(min: number, preset: number): NumberField {
  return {
    type: 'number',
    key: 'tau',
    label: 'Time constant',
    symbol: 'τ',
    unit: 'steps',
    min,
    minExclusive: true,
    max: 10000,
    step: 0.5,
    default: preset,
    help: 'How many steps the membrane takes to forget.',
  }
}

export const decayInputField: BooleanField = {
  type: 'boolean',
  key: 'decayInput',
  label: 'Decay input',
  default: true,
  help: "Whether the input is divided by τ as well (spikingjelly's default).",
}

/** A number of a neuron's equation that may be anything in reason. */
export function constantField(
  key: string,
  label: string,
  symbol: string,
  preset: number,
  help: string,
): NumberField {
  return { type: 'number', key, label, symbol, min: -1000, max: 1000, step: 0.1, default: preset, help }
}

/** The fields that end every table of spikingjelly's neurons; the presets differ from class to class. */
export function sameStepFields(presets: { threshold?: number; resetValue?: number; surrogate: string }) {
  return [
    { ...thresholdField, default: presets.threshold ?? thresholdField.default },
    hardSoftResetField,
    { ...resetValueField, default: presets.resetValue ?? resetValueField.default },
    detachResetField,
    surrogateField('spikingjelly', presets.surrogate),
  ]
}
