import { encodingTables } from './encodingTables.ts'
import type { ChoiceField, NumberField } from './fields.ts'

/** What is asked about networks of files, beside the parameters of layers and training. */

export const encodingQuestion: ChoiceField = {
  type: 'choice',
  key: 'encoding',
  label: 'Encoding',
  default: 'constant',
  options: Object.entries(encodingTables).map(([value, { label, help }]) => ({ value, label, help })),
  help: 'How an image becomes the input of the network.',
}

export const inputSizeQuestion: NumberField = {
  type: 'integer',
  key: 'inputSize',
  label: 'Input size',
  unit: 'pixels',
  min: 1,
  max: 4096,
  step: 1,
  default: 28,
  help: 'Height and width of a sample; convolutions fit any.',
}

/** Its options are the combinations that fit. */
export const sizesQuestion: ChoiceField = {
  type: 'choice',
  key: 'sizes',
  label: 'Padding and pooling',
  default: '',
  options: [],
  help: 'The weights fit more than one combination of paddings and pools.',
}

export const poolingQuestion: ChoiceField = {
  type: 'choice',
  key: 'pooling',
  label: 'Pooling',
  default: 'max',
  options: [
    { value: 'max', label: 'Max pool' },
    { value: 'avg', label: 'Average pool' },
  ],
  help: 'Pools have no tensors.',
}

export const poolPlaceQuestion: ChoiceField = {
  type: 'choice',
  key: 'poolPlace',
  label: 'Pools stand',
  default: 'before',
  options: [
    { value: 'before', label: 'before the neurons' },
    { value: 'after', label: 'after the neurons' },
  ],
  help: 'Pools that are called as functions leave no trace in the file.',
}

export const layerOrderQuestion: ChoiceField = {
  type: 'choice',
  key: 'layerOrder',
  label: 'Layer order',
  default: 'paired',
  options: [
    { value: 'paired', label: 'neurons after their synapses' },
    { value: 'listed', label: 'as the file lists them' },
  ],
  help: 'The file lists synapses and neurons in groups.',
}

export const currentKindQuestion: ChoiceField = {
  type: 'choice',
  key: 'kind',
  label: 'Neuron',
  default: 'synaptic',
  options: [
    { value: 'synaptic', label: 'Synaptic' },
    { value: 'alpha', label: 'Alpha' },
  ],
  help: 'Synaptic and Alpha save the same tensors.',
}

export const neuronQuestion: ChoiceField = {
  type: 'choice',
  key: 'neuron',
  label: 'Neuron',
  default: 'lif',
  options: [
    { value: 'lif', label: 'LIF' },
    { value: 'if', label: 'IF' },
  ],
  help: 'spikingjelly saves nothing of neurons that learn nothing.',
}

export const stepQuestion: NumberField = {
  type: 'number',
  key: 'dt',
  label: 'Time step',
  symbol: 'dt',
  unit: 's',
  min: 0,
  minExclusive: true,
  max: 1000,
  step: 0.0001,
  default: 1e-4,
  help: 'NIR keeps time constants in seconds and says nothing of steps.',
}

export const questionFields = [
  encodingQuestion,
  inputSizeQuestion,
  sizesQuestion,
  poolingQuestion,
  poolPlaceQuestion,
  layerOrderQuestion,
  currentKindQuestion,
  neuronQuestion,
  stepQuestion,
] as const
