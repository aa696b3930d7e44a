import type { FieldValues, SurrogateValue } from '../../../../src-shared/fields.ts'
import { circuitOf } from '../../../engine/layers/circuit.ts'
import { gradesSpikes } from '../../../../src-shared/model/gradedSpikes.ts'
import type { InferredLayer } from '../../../../src-shared/model/shapes.ts'
import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import { pythonArguments, pythonNumber, pythonText } from './literals.ts'

/** The constructor of each neuron in its framework, as Python code; the loop over time knows what it returns. */

/** A surrogate with its numbers, e.g. `surrogate.atan(alpha=2)`. */
function surrogateCode(module: 'snn_surrogate' | 'sj_surrogate', value: SurrogateValue): string {
  const { name, ...parameters } = value
  return `${module}.${name}(${pythonArguments(parameters)})`
}

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
    raw.spike_grad = surrogateCode('snn_surrogate', params.surrogate as SurrogateValue)
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
  const { resistance, capacitance, timeStep } = circuitOf(params)
  const values = { R: resistance, C: capacitance, time_step: timeStep, threshold: Number(params.threshold) }
  const raw = {
    reset_mechanism: pythonText(String(params.reset)),
    spike_grad: surrogateCode('snn_surrogate', params.surrogate as SurrogateValue),
  }
  return `snn.Lapicque(${pythonArguments({ beta: false, ...values }, raw)})`
}

function spikingjelly(className: string, names: Readonly<Record<string, string>>) {
  return ({ node }: InferredLayer): string => {
    const { params } = node
    const own = Object.entries(names).map(([argument, key]) => [argument, params[key] as number | boolean])
    const values = {
      ...Object.fromEntries(own),
      v_threshold: Number(params.threshold),
      v_reset: params.reset === 'soft' ? null : Number(params.resetValue),
      detach_reset: params.detachReset === true,
      step_mode: 'm',
    }
    const surrogate = surrogateCode('sj_surrogate', params.surrogate as SurrogateValue)
    return `neuron.${className}(${pythonArguments(values, { surrogate_function: surrogate })})`
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
