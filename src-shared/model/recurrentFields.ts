import type { Field, FieldValues } from '../fields.ts'
import { elementCount, shapeValue, type ParameterSpec, type ShapeMismatch } from './layerDefinition.ts'
import { constantField } from './neuronFields.ts'
import { inhibitedShape, switchField } from './neuronParameters.ts'
import { wantsMaps } from './window.ts'

/** Fields and tensors of recurrent connections inside a neuron layer. */

export const recurrentFields: readonly Field[] = [
  switchField(
    'allToAll',
    'All to all',
    true,
    'Whether every neuron is connected to every other, or only to itself.',
  ),
  constantField('V', 'Own weight', 'V', 1, 'Weight of the connection to itself, where it is not all to all.'),
  {
    type: 'integer',
    key: 'recurrentKernel',
    label: 'Recurrent kernel',
    symbol: 'K',
    min: 0,
    max: 63,
    step: 2,
    default: 0,
    optional: true,
    help: 'Side of the kernel that connects the neurons of maps, an odd number; 0 for neurons that are no maps.',
  },
  switchField('VPerNeuron', 'V per neuron', false, 'Whether every neuron has a V of its own.'),
  switchField(
    'learnRecurrent',
    'Learn recurrent weights',
    true,
    'Whether the recurrent weights are trained.',
  ),
]

const kernelOf = (params: FieldValues): number => Number(params.recurrentKernel ?? 0)

/** As snnTorch has it: neurons of maps are connected by a convolution, or each to itself. */
export function recurrentShape(input: readonly number[], params: FieldValues): number[] | ShapeMismatch {
  const kernel = kernelOf(params)
  if (params.allToAll && kernel > 0) {
    if (input.length !== 3) return wantsMaps(input, 2)
    if (kernel % 2 === 0) return { wanted: { phrase: 'kernel.odd' }, found: String(kernel) }
  } else if (params.allToAll && input.length !== 1) {
    return { wanted: { phrase: 'shape.axis' }, found: shapeValue(input) }
  }
  return inhibitedShape(input, params)
}

/**
 * `recurrent.weight [N,N]` and `recurrent.bias [N]` with torch's default of a linear layer, or `[C,C,K,K]` and `[C]`
 * with that of a convolution, or `V`.
 */
export function recurrentParameters(input: readonly number[], params: FieldValues): ParameterSpec[] {
  const neurons = elementCount(input)
  const learnable = params.learnRecurrent === true
  if (!params.allToAll) {
    const shape = params.VPerNeuron ? [neurons] : []
    return [{ name: 'V', shape, learnable, initialise: { kind: 'constant', value: Number(params.V) } }]
  }
  const kernel = kernelOf(params)
  if (kernel > 0) {
    const [channels] = input
    const initialise = { kind: 'uniform', bound: 1 / Math.sqrt(channels * kernel ** 2) } as const
    return [
      { name: 'recurrent.weight', shape: [channels, channels, kernel, kernel], learnable, initialise },
      { name: 'recurrent.bias', shape: [channels], learnable, initialise },
    ]
  }
  const initialise = { kind: 'uniform', bound: 1 / Math.sqrt(neurons) } as const
  return [
    { name: 'recurrent.weight', shape: [neurons, neurons], learnable, initialise },
    { name: 'recurrent.bias', shape: [neurons], learnable, initialise },
  ]
}
