import type { FieldValues, SurrogateField } from '../../../src-shared/fields.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { findLayer } from '../../../src-shared/model/layers/index.ts'
import { resetDelayField } from '../../../src-shared/model/neuronParameters.ts'
import { currentKindQuestion } from '../../../src-shared/questionFields.ts'
import { FileProblem } from '../../containers/fileProblem.ts'
import type { NeuronBlock } from './blocks.ts'
import type { Interview } from './interview.ts'
import type { FoundModule } from './modules.ts'
import { shortest, valuesOf, withinField } from './parameterValues.ts'

/** snnTorch's neurons by the tensors that they save. Source: snntorch, `_neurons`. */

const resets = ['subtract', 'zero', 'none'] as const

export function isSnntorchNeuron({ tensors }: FoundModule): boolean {
  return tensors.has('reset_mechanism_val') || (tensors.has('threshold') && tensors.has('beta'))
}

/** Synaptic and Alpha save the same tensors; Alpha's default reset is zero and needs α above β. */
function currentBased({ path, tensors }: FoundModule, interview: Interview): string {
  const [alpha] = valuesOf(tensors.get('alpha'))
  const [beta] = valuesOf(tensors.get('beta'))
  const [reset] = valuesOf(tensors.get('reset_mechanism_val'))
  if (!(alpha > beta)) return 'synaptic'
  return String(
    interview.ask({
      id: `${path}.kind`,
      field: { ...currentKindQuestion, default: reset === 1 ? 'alpha' : 'synaptic' },
      evidence: reset === 1 ? { phrase: 'evidence.alphaReset', layer: path } : null,
    }),
  )
}

function kindOf(module: FoundModule, interview: Interview): string {
  const { tensors, path } = module
  const has = (name: string) => tensors.has(name)
  const unknown = [...tensors.keys()].find((name) => /^(lstm_cell|rnn|conv|delta_threshold|tau)/.test(name))
  if (unknown) throw new FileProblem('problem.neuron', { layer: path, tensor: unknown })
  const recurrent = has('recurrent.weight') || has('recurrent.V') || has('V')
  if (has('alpha')) return recurrent ? 'rsynaptic' : currentBased(module, interview)
  if (recurrent) return 'rleaky'
  return has('R') && has('C') ? 'lapicque' : 'leaky'
}

/** Values of the parameters that a tensor holds: one number, or one for each neuron. */
function tensorParams(kind: string, { path, tensors }: FoundModule, interview: Interview): FieldValues {
  const params: FieldValues = {}
  const fields = findLayer(kind)?.fields ?? []
  for (const name of ['alpha', 'beta', 'threshold', 'V']) {
    const tensor = tensors.get(name)
    if (!tensor || !fields.some(({ key }) => key === name)) continue
    const values = valuesOf(tensor)
    const perNeuron = tensor.shape.some((size) => size !== 1)
    params[name] = withinField(kind, name, values[0])
    if (fields.some(({ key }) => key === `${name}PerNeuron`)) params[`${name}PerNeuron`] = perNeuron
    else if (perNeuron) throw new FileProblem('problem.neuron', { layer: path, tensor: name })
    interview.facts.push({ name: `${path}.${name}`, value: shortest(values[0]), source: `${path}.${name}` })
  }
  return params
}

/** torch lists parameters before buffers, and snnTorch makes β last: before the others, β is learned. */
function learnsBeta({ tensors }: FoundModule): boolean {
  const names = [...tensors.keys()]
  return names.includes('reset_mechanism_val') && names.indexOf('beta') < names.indexOf('reset_mechanism_val')
}

/** One of snnTorch's neuron layers. Throws FileProblem where it is one that is not run. */
export function snntorchNeuron(module: FoundModule, interview: Interview): NeuronBlock {
  const { path, tensors } = module
  const kind = kindOf(module, interview)
  const fields = findLayer(kind)?.fields ?? []
  const has = (key: string) => fields.some((field) => field.key === key)
  const params = { ...defaultValues(fields), ...tensorParams(kind, module, interview) }
  const graded = tensors.get('graded_spikes_factor')
  const factors = valuesOf(graded)
  if (factors.some((factor) => factor !== 1)) {
    if (!has('gradedSpikes')) throw new FileProblem('problem.graded', { layer: path, factor: factors[0] })
    params.gradedSpikes = withinField(kind, 'gradedSpikes', factors[0])
    // A factor of 1 in the first place would leave the others out.
    params.gradedSpikesPerNeuron = factors.length > 1
    interview.facts.push({
      name: `${path}.gradedSpikes`,
      value: shortest(factors[0]),
      source: `${path}.graded_spikes_factor`,
    })
  }
  const [reset] = valuesOf(tensors.get('reset_mechanism_val'))
  if (reset !== undefined) {
    params.reset = resets[reset] ?? 'subtract'
    interview.facts.push({
      name: `${path}.reset`,
      value: params.reset,
      source: `${path}.reset_mechanism_val`,
    })
  }
  if (kind === 'lapicque') {
    const single = (name: string) => valuesOf(tensors.get(name))[0]
    params.circuit = 'rc'
    params.resistance = withinField(kind, 'resistance', single('R'))
    params.capacitance = withinField(kind, 'capacitance', single('C'))
    params.timeStep = withinField(kind, 'timeStep', single('time_step'))
  }
  if (has('allToAll')) {
    const weight = tensors.get('recurrent.weight')
    params.allToAll = weight !== undefined
    // Neurons of maps are connected by a convolution.
    if (weight?.shape.length === 4) params.recurrentKernel = weight.shape[2]
  }
  if (has('learnBeta')) params.learnBeta = learnsBeta(module)
  if (has('resetDelay')) params.resetDelay = interview.ask({ id: 'resetDelay', field: resetDelayField })
  const surrogate = fields.find((field): field is SurrogateField => field.type === 'surrogate')
  if (surrogate) {
    params.surrogate = interview.ask({ id: 'surrogate', field: surrogate, matters: 'training' })
  }
  return { kind: 'neuron', id: path, layer: kind, params }
}
