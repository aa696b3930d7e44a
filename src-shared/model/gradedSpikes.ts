import type { Field, FieldValues } from '../fields.ts'
import { elementCount, type ParameterSpec } from './layerDefinition.ts'
import { constantField } from './neuronFields.ts'
import { learningFields } from './neuronParameters.ts'

/** Fields and tensor of snnTorch's graded spikes: what a neuron hands on is its spike times a factor. */

export const gradedFields: readonly Field[] = [
  {
    ...constantField(
      'gradedSpikes',
      'Graded spikes',
      'g',
      1,
      'The size of a spike for the next layer and the loss.',
    ),
    optional: true,
  },
  ...learningFields(['gradedSpikes', 'g']).map((field) => ({ ...field, optional: true as const })),
]

/** Whether spikes are other than 0 and 1. */
export function gradesSpikes(params: FieldValues): boolean {
  const factor = Number(params.gradedSpikes ?? 1)
  return factor !== 1 || params.learnGradedSpikes === true || params.gradedSpikesPerNeuron === true
}

/** `graded_spikes_factor`, `[]` or `[N]`, where there is one. `shape` is that of the spikes. */
export function gradedParameters(shape: readonly number[], params: FieldValues): ParameterSpec[] {
  if (!gradesSpikes(params)) return []
  return [
    {
      name: 'graded_spikes_factor',
      shape: params.gradedSpikesPerNeuron ? [elementCount(shape)] : [],
      learnable: params.learnGradedSpikes === true,
      initialise: { kind: 'constant', value: Number(params.gradedSpikes ?? 1) },
    },
  ]
}
