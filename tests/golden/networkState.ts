import type { LayerNode } from '../../src-shared/model/document.ts'
import type { SpecLayer } from './networkSpec.ts'
import { unsupported } from './support.ts'
import type { GoldenArray } from './vectors.ts'

export type GoldenState = Record<string, GoldenArray>

/** Tensors of the frameworks that change nothing in a network that we can run. */
const inert = /\.(graded_spikes_factor|reset_mechanism_val)$/

/** The state without what is inert. */
export function effectiveState(state: GoldenState): GoldenState {
  for (const [key, { data }] of Object.entries(state)) {
    if (key.endsWith('.graded_spikes_factor') && data[0] !== 1) unsupported('graded spikes')
  }
  return Object.fromEntries(Object.entries(state).filter(([key]) => !inert.test(key)))
}

/** Module names of a state in order, those that own a tensor of this name. */
function modulesWith(state: GoldenState, tensor: string): string[] {
  return Object.keys(state)
    .filter((key) => key.endsWith(`.${tensor}`))
    .map((key) => key.slice(0, -tensor.length - 1))
}

/**
 * Layers with the ids of the case's modules, so that our tensors have the names of its state; sizes, biases
 * and constants come from the state rather than from the words.
 *
 * @param learned names of the tensors that have a gradient
 */
export function nameLayers(
  layers: readonly SpecLayer[],
  state: GoldenState,
  learned: readonly string[],
): LayerNode[] {
  const norms = modulesWith(state, 'running_mean')
  const synapses = modulesWith(state, 'weight').filter((id) => !norms.includes(id))
  const leaky = modulesWith(state, 'beta')
  let nameless = 0
  return layers.map(({ kind, params }): LayerNode => {
    if (kind === 'linear') {
      const id = synapses.shift() ?? unsupported('a linear layer without a weight')
      const { shape } = state[`${id}.weight`]
      if (shape.length !== 2) unsupported(`a weight of ${shape.length} axes`)
      return { id, kind, params: { outputs: shape[0], bias: `${id}.bias` in state } }
    }
    if (kind === 'conv2d') {
      const id = synapses.shift() ?? unsupported('a convolution without a weight')
      const { shape } = state[`${id}.weight`]
      if (shape.length !== 4) unsupported(`a kernel of ${shape.length} axes`)
      return { id, kind, params: { ...params, outputs: shape[0], bias: `${id}.bias` in state } }
    }
    if (kind === 'batchnorm2d') {
      const id = norms.shift() ?? unsupported('a batch norm without running statistics')
      return { id, kind, params: { ...params, affine: `${id}.weight` in state } }
    }
    if (kind !== 'leaky') return { id: `neuron${nameless++}`, kind, params }
    const id = leaky.shift() ?? unsupported('a Leaky layer without a beta')
    const beta = state[`${id}.beta`]
    if (state[`${id}.threshold`]?.data.length !== 1) unsupported('a threshold per neuron')
    const betaPerNeuron = beta.data.length > 1
    const learnBeta = learned.includes(`${id}.beta`)
    const learnThreshold = learned.includes(`${id}.threshold`)
    return { id, kind, params: { ...params, betaPerNeuron, learnBeta, learnThreshold } }
  })
}
