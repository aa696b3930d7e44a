import {
  defaultValues,
  type Field,
  type FieldValues,
  type SurrogateField,
} from '../../../src-shared/fields.ts'
import { leakyParallel } from '../../../src-shared/model/layers/leakyParallel.ts'
import { FileProblem } from '../../containers/fileProblem.ts'
import type { TensorNode } from '../files/openedFile.ts'
import type { ParallelBlock } from './blocks.ts'
import type { Interview } from './interview.ts'
import type { FoundModule } from './modules.ts'
import { shortest, valuesOf, withinField } from './parameterValues.ts'

/** snnTorch's LeakyParallel by its tensors: torch's RNN, and what its neurons have. Source: snntorch, `leakyparallel`. */

const { fields, kind } = leakyParallel

const known = [
  'rnn.weight_ih_l0',
  'rnn.weight_hh_l0',
  'rnn.bias_ih_l0',
  'rnn.bias_hh_l0',
  'threshold',
  'beta',
  'graded_spikes_factor',
  'reset_mechanism_val',
]

export function isLeakyParallel({ tensors }: FoundModule): boolean {
  return tensors.has('rnn.weight_ih_l0') && tensors.has('threshold')
}

function fieldOf(key: string): Field {
  const field = fields.find((candidate) => candidate.key === key)
  if (!field) throw new Error(`no field ${key}`)
  return field
}

function shapeOf(
  layer: string,
  tensor: TensorNode | undefined,
  name: string,
): [rows: number, columns: number] {
  if (tensor?.shape.length !== 2) throw new FileProblem('problem.neuron', { layer, tensor: name })
  return [tensor.shape[0], tensor.shape[1]]
}

/** Whether some membrane acts on another, and the weights of every membrane on itself. */
function recurrence(
  weight: TensorNode | undefined,
  neurons: number,
): { dense: boolean; diagonal: Float64Array } {
  const values = valuesOf(weight)
  const dense = values.some((value, i) => value !== 0 && i % (neurons + 1) !== 0)
  return { dense, diagonal: Float64Array.from({ length: neurons }, (_, i) => values[i * (neurons + 1)]) }
}

/**
 * β where the file says it. W_hh begins there; where it stands elsewhere now, it was trained. Nothing else tells whether it
 * is, so that is asked.
 */
function decayParams(
  { path, tensors }: FoundModule,
  diagonal: Float64Array,
  interview: Interview,
): FieldValues {
  const learnBeta = fieldOf('learnBeta')
  const ask = () => interview.ask({ id: 'learnBeta', field: learnBeta, matters: 'training' })
  const values = valuesOf(tensors.get('beta'))
  if (values.length === 0) return { betaGiven: false, learnBeta: ask() }
  const [beta] = values
  interview.facts.push({ name: `${path}.beta`, value: shortest(beta), source: `${path}.beta` })
  // A β for each neuron never reaches W_hh in this version of snnTorch.
  const moved = values.length === 1 && diagonal.some((value) => value !== beta)
  if (moved)
    interview.facts.push({ name: `${path}.learnBeta`, value: true, source: `${path}.rnn.weight_hh_l0` })
  return {
    betaGiven: values.length === 1,
    beta: withinField(kind, 'beta', beta),
    learnBeta: moved || ask(),
  }
}

/** A layer of LeakyParallel. Throws FileProblem where its tensors are not those of one. */
export function leakyParallelBlock(module: FoundModule, interview: Interview): ParallelBlock {
  const { path, tensors } = module
  const strange = [...tensors.keys()].find((name) => !known.includes(name))
  if (strange) throw new FileProblem('problem.neuron', { layer: path, tensor: strange })
  const [outputs, inputs] = shapeOf(path, tensors.get('rnn.weight_ih_l0'), 'rnn.weight_ih_l0')
  const square = shapeOf(path, tensors.get('rnn.weight_hh_l0'), 'rnn.weight_hh_l0')
  if (square[0] !== outputs || square[1] !== outputs)
    throw new FileProblem('problem.neuron', { layer: path, tensor: 'rnn.weight_hh_l0' })
  const { dense, diagonal } = recurrence(tensors.get('rnn.weight_hh_l0'), outputs)
  const [threshold] = valuesOf(tensors.get('threshold'))
  const factors = valuesOf(tensors.get('graded_spikes_factor'))
  const surrogate = fields.find((field): field is SurrogateField => field.type === 'surrogate')
  interview.facts.push({ name: `${path}.threshold`, value: shortest(threshold), source: `${path}.threshold` })
  return {
    kind: 'parallel',
    id: path,
    inputs,
    params: {
      ...defaultValues(fields),
      outputs,
      bias: tensors.has('rnn.bias_ih_l0'),
      dense,
      ...decayParams(module, diagonal, interview),
      threshold: withinField(kind, 'threshold', threshold),
      ...(factors.some((factor) => factor !== 1)
        ? {
            gradedSpikes: withinField(kind, 'gradedSpikes', factors[0]),
            gradedSpikesPerNeuron: factors.length > 1,
          }
        : {}),
      ...(surrogate
        ? { surrogate: interview.ask({ id: 'surrogate', field: surrogate, matters: 'training' }) }
        : {}),
    },
  }
}
