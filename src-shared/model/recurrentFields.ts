import type { Field, FieldValues } from '../fields.ts'
import { elementCount, type ParameterSpec } from './layerDefinition.ts'
import { constantField } from './neuronFields.ts'
import { switchField } from './neuronParameters.ts'

/** Fields and tensors of recurrent connections inside a neuron layer. */

export const recurrentFields: readonly Field[] = [
  switchField(
    'allToAll',
    'All to all',
    true,
    'Whether every neuron is connected to every other, or only to itself.',
  ),
  constantField('V', 'Own weight', 'V', 1, 'Weight of the connection to itself, where it is not all to all.'),
  switchField('VPerNeuron', 'V per neuron', false, 'Whether every neuron has a V of its own.'),
  switchField(
    'learnRecurrent',
    'Learn recurrent weights',
    true,
    'Whether the recurrent weights are trained.',
  ),
]

/** `recurrent.weight [N,N]` and `recurrent.bias [N]` with torch's default of a linear layer, or `V`. */
export function recurrentParameters(input: readonly number[], params: FieldValues): ParameterSpec[] {
  const neurons = elementCount(input)
  const learnable = params.learnRecurrent === true
  if (!params.allToAll) {
    const shape = params.VPerNeuron ? [neurons] : []
    return [{ name: 'V', shape, learnable, initialise: { kind: 'constant', value: Number(params.V) } }]
  }
  const initialise = { kind: 'uniform', bound: 1 / Math.sqrt(neurons) } as const
  return [
    { name: 'recurrent.weight', shape: [neurons, neurons], learnable, initialise },
    { name: 'recurrent.bias', shape: [neurons], learnable, initialise },
  ]
}
