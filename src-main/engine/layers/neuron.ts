import type { LayerNode } from '../../../src-shared/model/document.ts'
import { gradientOf, type ProgramBuilder } from '../builder.ts'
import type { NeuronSemantics } from '../program.ts'
import type { LayerOps, LayerSite, Signal } from './layerOps.ts'

/** What sets one kind of neuron layer apart from another. */
export interface NeuronKind {
  kind: string
  semantics(params: LayerNode['params']): NeuronSemantics
  /** Whether β and θ are values `<layer>.beta`, `<layer>.threshold`; else they are numbers of the semantics. */
  hasValues: boolean
}

function operands({ node, input }: LayerSite, neuron: NeuronKind) {
  const layer = node.id
  return {
    layer,
    neuron: neuron.semantics(node.params),
    input: input.value,
    beta: neuron.hasValues ? `${layer}.beta` : null,
    threshold: neuron.hasValues ? `${layer}.threshold` : null,
    spikes: `${layer}.spikes`,
    membrane: `${layer}.membrane`,
  }
}

function forward(site: LayerSite, build: ProgramBuilder, neuron: NeuronKind): Signal {
  const op = operands(site, neuron)
  build.sequence(op.spikes, 'activation', site.input.shape)
  build.sequence(op.membrane, 'activation', site.input.shape)
  build.forward.push({ op: 'neuron', ...op })
  return { value: op.spikes, shape: site.input.shape, membrane: op.membrane }
}

/** The ops of a neuron layer: one forward, one backward, each over all steps. */
export function neuronOps(neuron: NeuronKind): LayerOps {
  return {
    kind: neuron.kind,
    forward: (site, build) => forward(site, build, neuron),
    backward(site, _output, gradient, build) {
      const op = operands(site, neuron)
      const inputGradient = gradientOf(op.input)
      build.gradient(op.input)
      build.backward.push({
        op: 'neuronBackward',
        ...op,
        spikesGradient: gradient.value,
        membraneGradient: gradient.membrane,
        inputGradient,
        betaGradient: op.beta && build.learnedGradient(op.beta),
        thresholdGradient: op.threshold && build.learnedGradient(op.threshold),
      })
      return { value: inputGradient, membrane: null }
    },
  }
}
