import type { LayerNode } from '../../../src-shared/model/document.ts'
import { gradientOf, type ProgramBuilder } from '../builder.ts'
import type { NeuronSemantics } from '../neuronSemantics.ts'
import type { LayerOps, LayerSite, Signal } from './layerOps.ts'

/** What sets one kind of neuron layer apart from another. */
export interface NeuronKind {
  kind: string
  semantics(params: LayerNode['params']): NeuronSemantics
  /** States beside the recorded membrane; each is a value `<layer>.<state>`. */
  states: readonly string[]
}

function operands({ node, input }: LayerSite, build: ProgramBuilder, neuron: NeuronKind) {
  const layer = node.id
  const names = build.parameters
    .filter((parameter) => parameter.layer === layer)
    .map(({ value }) => value.slice(layer.length + 1))
  return {
    layer,
    neuron: neuron.semantics(node.params),
    input: input.value,
    parameters: Object.fromEntries(names.map((name) => [name, `${layer}.${name}`])),
    spikes: `${layer}.spikes`,
    membrane: `${layer}.membrane`,
  }
}

function forward(site: LayerSite, build: ProgramBuilder, neuron: NeuronKind): Signal {
  const op = operands(site, build, neuron)
  const states = Object.fromEntries(neuron.states.map((name) => [name, `${op.layer}.${name}`]))
  for (const id of [op.spikes, op.membrane, ...Object.values(states)]) {
    build.sequence(id, 'activation', site.input.shape)
  }
  build.forward.push({ op: 'neuron', ...op, states })
  return { value: op.spikes, shape: site.input.shape, membrane: op.membrane }
}

/** The ops of a neuron layer: one forward, one backward, each over all steps. */
export function neuronOps(neuron: NeuronKind): LayerOps {
  return {
    kind: neuron.kind,
    forward: (site, build) => forward(site, build, neuron),
    backward(site, _output, gradient, build) {
      const op = operands(site, build, neuron)
      const learned = Object.entries(op.parameters).filter(([, id]) => build.learnedGradient(id) !== null)
      build.backward.push({
        op: 'neuronBackward',
        ...op,
        spikesGradient: gradient.value,
        membraneGradient: gradient.membrane,
        inputGradient: build.gradient(op.input),
        parameterGradients: Object.fromEntries(learned.map(([name, id]) => [name, gradientOf(id)])),
        truncation: build.truncation,
      })
    },
  }
}
