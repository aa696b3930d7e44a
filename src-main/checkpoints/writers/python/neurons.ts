import type { FieldValues, SurrogateValue } from '../../../../src-shared/fields.ts'
import { gradesSpikes } from '../../../../src-shared/model/gradedSpikes.ts'
import type { InferredLayer } from '../../../../src-shared/model/shapes.ts'
import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import { snntorchSurrogate, spikingjellySurrogate } from './surrogates.ts'
import { pythonArguments, pythonFloat, pythonNumber, pythonText, pythonValue } from './literals.ts'

/** The constructor of each neuron in its framework, as Python code; the loop over time knows what it returns. */

/** A parameter that may differ from neuron to neuron; the values themselves come from the state dict. */
function tensorCode(params: FieldValues, name: string, neurons: number): string {
  const value = pythonNumber(Number(params[name]))
  return params[`${name}PerNeuron`] ? `torch.full((${neurons},), ${value})` : value
}

function snntorch(className: string, names: readonly string[]) {
  return ({ node, outputShape }: InferredLayer): string => {
    const { params } = node
    const neurons = elementCount(outputShape ?? [])
    const raw: Record<string, string> = Object.fromEntries(
      [...names, 'threshold'].map((name) => [name, tensorCode(params, name, neurons)]),
    )
    for (const name of ['beta', 'alpha', 'threshold']) {
      const key = `learn${name[0].toUpperCase()}${name.slice(1)}`
      if (params[key] === true) raw[`learn_${name}`] = 'True'
    }
    if (gradesSpikes(params)) raw.graded_spikes_factor = tensorCode(params, 'gradedSpikes', neurons)
    if (params.learnGradedSpikes === true) raw.learn_graded_spikes_factor = 'True'
    if (params.inhibition === true) raw.inhibition = 'True'
    raw.reset_mechanism = pythonText(String(params.reset))
    if (params.resetDelay === false) raw.reset_delay = 'False'
    Object.assign(raw, snntorchSurrogate(params.surrogate as SurrogateValue))
    return `snn.${className}(${pythonArguments({}, { ...raw, ...recurrentCode(params, outputShape ?? []) })})`
  }
}

function recurrentCode(params: FieldValues, shape: readonly number[]): Record<string, string> {
  if (params.allToAll === undefined) return {}
  const learn = params.learnRecurrent === true ? 'True' : 'False'
  const neurons = elementCount(shape)
  const kernel = Number(params.recurrentKernel ?? 0)
  if (params.allToAll && kernel > 0) {
    return { conv2d_channels: String(shape[0]), kernel_size: String(kernel), learn_recurrent: learn }
  }
  if (params.allToAll) return { linear_features: String(neurons), learn_recurrent: learn }
  return { all_to_all: 'False', V: tensorCode(params, 'V', neurons), learn_recurrent: learn }
}

function lapicque({ node }: InferredLayer): string {
  const { params } = node
  const given = {
    beta: params.circuit !== 'rc' && Number(params.beta),
    R: ['rc', 'betaR'].includes(String(params.circuit)) && Number(params.resistance),
    C: ['rc', 'betaC'].includes(String(params.circuit)) && Number(params.capacitance),
  }
  const values = { ...given, time_step: Number(params.timeStep), threshold: Number(params.threshold) }
  const raw = {
    reset_mechanism: pythonText(String(params.reset)),
    ...snntorchSurrogate(params.surrogate as SurrogateValue),
  }
  return `snn.Lapicque(${pythonArguments(values, raw)})`
}

/** LeakyParallel clamps β in 0..1 and fills all of W_hh with it first; the state dict has its true values. */
function leakyParallel({ node, inputShape }: InferredLayer): string {
  const { params } = node
  const neurons = Number(params.outputs)
  const values = {
    bias: params.bias === true,
    learn_beta: params.learnBeta === true,
    threshold: Number(params.threshold),
    learn_threshold: params.learnThreshold === true,
    weight_hh_enable: params.dense === true,
    learn_graded_spikes_factor: params.learnGradedSpikes === true,
  }
  const raw = {
    beta: params.betaGiven ? pythonNumber(Number(params.beta)) : 'None',
    graded_spikes_factor: tensorCode(params, 'gradedSpikes', neurons),
    ...snntorchSurrogate(params.surrogate as SurrogateValue),
  }
  return `snn.LeakyParallel(${inputShape?.[0]}, ${neurons}, ${pythonArguments(values, raw)})`
}

function spikingjelly(className: string, names: Readonly<Record<string, string>>) {
  return ({ node }: InferredLayer): string => {
    const { params } = node
    const code = (value: number | boolean) =>
      typeof value === 'number' ? pythonFloat(value) : pythonValue(value)
    const own = Object.entries(names).map(([argument, key]) => [
      argument,
      code(params[key] as number | boolean),
    ])
    const raw = {
      ...(Object.fromEntries(own) as Record<string, string>),
      v_threshold: pythonFloat(Number(params.threshold)),
      v_reset: params.reset === 'soft' ? 'None' : pythonFloat(Number(params.resetValue)),
      surrogate_function: spikingjellySurrogate(params.surrogate as SurrogateValue),
    }
    const mode = { detach_reset: params.detachReset === true, step_mode: 'm' }
    // Its constructor takes neither.
    if (className === 'CUBALIFNode')
      return `having(neuron.${className}(${pythonArguments({}, raw)}), ${pythonArguments(mode)})`
    return `neuron.${className}(${pythonArguments(mode, raw)})`
  }
}

/** Constructors by kind of layer. */
export const neuronCode: Readonly<Record<string, (layer: InferredLayer) => string>> = {
  leaky: snntorch('Leaky', ['beta']),
  lapicque,
  synaptic: snntorch('Synaptic', ['alpha', 'beta']),
  alpha: snntorch('Alpha', ['alpha', 'beta']),
  rleaky: snntorch('RLeaky', ['beta']),
  rsynaptic: snntorch('RSynaptic', ['alpha', 'beta']),
  leakyparallel: leakyParallel,
  if: spikingjelly('IFNode', {}),
  lif: spikingjelly('LIFNode', { tau: 'tau', decay_input: 'decayInput' }),
  plif: spikingjelly('ParametricLIFNode', { init_tau: 'tau', decay_input: 'decayInput' }),
  qif: spikingjelly('QIFNode', { tau: 'tau', v_c: 'critical', a0: 'gain', v_rest: 'rest' }),
  eif: spikingjelly('EIFNode', { tau: 'tau', delta_T: 'sharpness', theta_rh: 'rheobase', v_rest: 'rest' }),
  izhikevich: spikingjelly('IzhikevichNode', {
    ...{ tau: 'tau', v_c: 'critical', a0: 'gain', v_rest: 'rest' },
    ...{ w_rest: 'recoveryRest', tau_w: 'recoveryTau', a: 'coupling', b: 'jump' },
  }),
  klif: spikingjelly('KLIFNode', { tau: 'tau', decay_input: 'decayInput', scale_reset: 'scaleReset' }),
  cubalif: spikingjelly('CUBALIFNode', { c_decay: 'currentDecay', v_decay: 'voltageDecay' }),
}

/** How many states a neuron of snnTorch takes and gives back beside its spikes; recurrent ones take those too. */
export const statesOf: Readonly<Record<string, { states: number; recurrent: boolean }>> = {
  leaky: { states: 1, recurrent: false },
  lapicque: { states: 1, recurrent: false },
  synaptic: { states: 2, recurrent: false },
  alpha: { states: 3, recurrent: false },
  rleaky: { states: 1, recurrent: true },
  rsynaptic: { states: 2, recurrent: true },
}
