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

const factorName = 'graded_spikes_factor'
/** Parameters of a neuron layer that its neurons do not read. */
const ofOtherOps: ReadonlySet<string> = new Set([factorName, 'rnn.weight_ih_l0', 'rnn.bias_ih_l0'])

function operands({ node, input }: LayerSite, build: ProgramBuilder, neuron: NeuronKind) {
  const layer = node.id
  const names = build.parameters
    .filter((parameter) => parameter.layer === layer)
    .map(({ value }) => value.slice(layer.length + 1))
    .filter((name) => !ofOtherOps.has(name))
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
  const value = grade(op.layer, op.spikes, site.input.shape, build)
  return { value, shape: site.input.shape, membrane: op.membrane }
}

const factorOf = (layer: string, build: ProgramBuilder): string | null => {
  const factor = `${layer}.${factorName}`
  return build.parameters.some(({ value }) => value === factor) ? factor : null
}

/** What the layer hands on: its spikes, or these times their factor. */
function grade(layer: string, spikes: string, shape: readonly number[], build: ProgramBuilder): string {
  const factor = factorOf(layer, build)
  if (factor === null) return spikes
  const output = build.sequence(`${layer}.output`, 'activation', shape)
  build.forward.push({ op: 'gradedSpikes', layer, input: spikes, factor, output })
  return output
}

/** The gradient at the spikes, from that at what the layer hands on. */
function gradeBack(
  layer: string,
  spikes: string,
  gradient: string | null,
  build: ProgramBuilder,
): string | null {
  const factor = factorOf(layer, build)
  if (factor === null || gradient === null) return gradient
  const spikesGradient = build.gradient(spikes)
  const factorGradient = build.learnedGradient(factor)
  build.backward.push({
    op: 'gradedSpikesBackward',
    layer,
    input: spikes,
    factor,
    gradient,
    spikesGradient,
    factorGradient,
  })
  return spikesGradient
}

/** The ops of a neuron layer: one forward, one backward, each over all steps. */
export function neuronOps(neuron: NeuronKind): LayerOps {
  return {
    kind: neuron.kind,
    forward: (site, build) => forward(site, build, neuron),
    backward(site, _output, gradient, build) {
      const op = operands(site, build, neuron)
      const { layer } = op
      const spikesGradient = gradeBack(layer, op.spikes, gradient.value, build)
      const learned = Object.entries(op.parameters).filter(([, id]) => build.learnedGradient(id) !== null)
      build.backward.push({
        op: 'neuronBackward',
        ...op,
        spikesGradient,
        membraneGradient: gradient.membrane,
        inputGradient: build.gradient(op.input),
        parameterGradients: Object.fromEntries(learned.map(([name, id]) => [name, gradientOf(id)])),
        truncation: build.truncation,
        stream: build.forward
          .filter((other) => other.op === 'neuron')
          .findIndex((other) => other.layer === layer),
      })
    },
  }
}
