import type { SurrogateValue } from '../../../src-shared/fields.ts'
import { gradientOf } from '../builder.ts'
import type { LayerOps, LayerSite } from './layerOps.ts'
import { neuronOps } from './neuron.ts'

const neurons = neuronOps({
  kind: 'leakyparallel',
  states: [],
  semantics: ({ surrogate }) => ({ model: 'leakyparallel', surrogate: surrogate as SurrogateValue }),
})

/** The synapses in front of the neurons, as the op of a linear layer of its own. */
function synapses({ node, input }: LayerSite) {
  return {
    layer: `${node.id}.rnn`,
    input: input.value,
    weight: `${node.id}.rnn.weight_ih_l0`,
    bias: node.params.bias ? `${node.id}.rnn.bias_ih_l0` : null,
  }
}

/** The neurons behind them, in their place. */
function behind({ node }: LayerSite): LayerSite {
  const input = { value: `${node.id}.current`, shape: [Number(node.params.outputs)], membrane: null }
  return { node, input, inputs: [input] }
}

/** snnTorch's LeakyParallel: one matrix product, and neurons that hear their own membranes. */
export const leakyParallel: LayerOps = {
  kind: 'leakyparallel',
  forward(site, build) {
    const { node, input, inputs } = behind(site)
    build.sequence(input.value, 'activation', input.shape)
    build.forward.push({ op: 'linear', ...synapses(site), output: input.value })
    return neurons.forward({ node, input, inputs }, build)
  },
  backward(site, output, arriving, build) {
    const current = behind(site)
    neurons.backward(current, output, arriving, build)
    const gradient = gradientOf(current.input.value)
    const { layer, input, weight, bias } = synapses(site)
    const biasGradient = bias && gradientOf(bias)
    const weightGradient = gradientOf(weight)
    build.backward.push({ op: 'linearWeightGradient', layer, input, gradient, weightGradient, biasGradient })
    const atInput = build.gradient(input)
    build.backward.push({ op: 'linearInputGradient', layer, gradient, weight, output: atInput })
  },
}
