import type { FieldValues } from '../../fields.ts'
import { shapeValue, type Initialiser, type LayerDefinition, type ParameterSpec } from '../layerDefinition.ts'
import { gradedFields, gradedParameters } from '../gradedSpikes.ts'
import { surrogateField, thresholdField } from '../neuronFields.ts'
import { decayField, switchField } from '../neuronParameters.ts'
import { linear } from './linear.ts'

/** First values of W_hh: β where it is given, over what torch draws for the whole matrix. */
function recurrentStart(neurons: number, bound: number, params: FieldValues): Initialiser {
  if (params.betaGiven) return { kind: 'constant', value: Number(params.beta), drawn: neurons ** 2 }
  return params.dense ? { kind: 'uniform', bound } : { kind: 'diagonal', bound }
}

/**
 * snnTorch's LeakyParallel: torch's RNN with ReLU and its own input weights, h = relu(W_ih·x + b_ih + W_hh·h + b_hh),
 * S = [h > θ]. There is no reset, membranes are never negative, and β is W_hh itself: its diagonal [N], or all of it
 * [N,N]. Nothing clamps it once it learns.
 */
export const leakyParallel: LayerDefinition = {
  kind: 'leakyparallel',
  label: 'Leaky parallel',
  family: 'neuron',
  framework: 'snntorch',
  help: 'Leaky neurons without reset and with their own input weights, with the semantics of snnTorch.',
  equation: 'U[t] = relu(W·X[t] + b + β·U[t-1] + c),  S[t] = U[t] > θ',
  fields: [
    { ...linear.fields[0], key: 'outputs', label: 'Neurons', help: 'How many neurons the layer has.' },
    { ...switchField('bias', 'Biases', true, 'Adds learned constants to the input and to what is left.') },
    switchField(
      'betaGiven',
      'Set β',
      true,
      'Whether β starts at the value below, or is drawn as torch draws it.',
    ),
    decayField('beta', 'Decay', 'β', 0.9, 'The share of the membrane potential that is left after a step.'),
    switchField('learnBeta', 'Learn β', false, 'Whether β is trained.'),
    switchField(
      'dense',
      'All to all',
      false,
      'Whether every membrane acts on every other, or only on itself.',
    ),
    thresholdField,
    switchField('learnThreshold', 'Learn θ', false, 'Whether θ is trained.'),
    surrogateField('snntorch', 'atan'),
    ...gradedFields,
  ] as LayerDefinition['fields'],
  inferShape(input, params) {
    if (input.length !== 1) return { wanted: { phrase: 'shape.axis' }, found: shapeValue(input) }
    return [Number(params.outputs)]
  },
  parameters(input, params) {
    const neurons = Number(params.outputs)
    const bound = 1 / Math.sqrt(neurons)
    const initialise = { kind: 'uniform', bound } as const
    const bias = (name: string): ParameterSpec => ({ name, shape: [neurons], learnable: true, initialise })
    return [
      { name: 'rnn.weight_ih_l0', shape: [neurons, input[0]], learnable: true, initialise },
      {
        name: 'rnn.weight_hh_l0',
        shape: params.dense ? [neurons, neurons] : [neurons],
        learnable: params.learnBeta === true,
        initialise: recurrentStart(neurons, bound, params),
      },
      ...(params.bias ? [bias('rnn.bias_ih_l0'), bias('rnn.bias_hh_l0')] : []),
      {
        name: 'threshold',
        shape: [],
        learnable: params.learnThreshold === true,
        initialise: { kind: 'constant', value: Number(params.threshold) },
      },
      ...gradedParameters([neurons], params),
    ]
  },
}
