import { shapeValue, type LayerDefinition } from '../layerDefinition.ts'

/** Fully connected synapses, `I = W·S + b`, with torch's default initialisation: ±1/√inputs for both. */
export const linear: LayerDefinition = {
  kind: 'linear',
  label: 'Linear',
  family: 'synapse',
  help: 'Every input is connected to every output.',
  equation: 'I = W·S + b',
  fields: [
    {
      type: 'integer',
      key: 'outputs',
      label: 'Outputs',
      symbol: 'N',
      min: 1,
      max: 65536,
      step: 1,
      default: 100,
      help: 'How many neurons the layer feeds.',
    },
    {
      type: 'boolean',
      key: 'bias',
      label: 'Bias',
      symbol: 'b',
      default: true,
      help: 'Adds a learned constant to each output.',
    },
  ],
  inferShape(input, params) {
    if (input.length !== 1) return { wanted: { phrase: 'shape.axis' }, found: shapeValue(input) }
    return [Number(params.outputs)]
  },
  parameters(input, params) {
    const outputs = Number(params.outputs)
    const bound = 1 / Math.sqrt(input[0])
    const weight = {
      name: 'weight',
      shape: [outputs, input[0]],
      learnable: true,
      initialise: { kind: 'uniform', bound } as const,
    }
    const bias = {
      name: 'bias',
      shape: [outputs],
      learnable: true,
      initialise: { kind: 'uniform', bound } as const,
    }
    return params.bias ? [weight, bias] : [weight]
  },
}
