import type { Field, NumberField } from './fields.ts'

const strengthField = (value: number): NumberField => ({
  type: 'number',
  key: 'strength',
  label: 'Strength',
  symbol: 'λ',
  min: 0,
  minExclusive: true,
  max: 1e6,
  step: 1e-5,
  default: value,
  help: 'Factor of what is added to the loss.',
})

/**
 * What may be added to the loss, for some neuron layers or all of them. With S the spikes `[T,B,N]` of a layer:
 * L1 rate is λ·ΣS over everything, batch included; target rate is λ·Σ over n of (rate - r)², and synaptic operations
 * λ·ΣS·(synapses behind the neuron), both as means over the samples of a batch; a rate is the mean over the steps.
 */
export const regulariserTables = {
  l1_rate: {
    label: 'L1 of spikes',
    help: 'Every spike of the batch costs λ (snnTorch).',
    fields: [strengthField(1e-5)],
  },
  target_rate: {
    label: 'target rate',
    help: 'The squared distance of every neuron’s rate from a target, summed over neurons, mean over samples.',
    fields: [
      strengthField(0.01),
      {
        type: 'number',
        key: 'target',
        label: 'Target',
        symbol: 'r',
        unit: 'spikes/step',
        min: 0,
        max: 1,
        step: 0.01,
        default: 0.1,
        help: 'The rate that every neuron is drawn to, in spikes a step.',
      },
    ],
  },
  synaptic_operations: {
    label: 'synaptic operations',
    help: 'Every spike costs λ for each synapse that it reaches; mean over samples.',
    fields: [strengthField(1e-6)],
  },
} as const satisfies Record<string, { label: string; help: string; fields: readonly Field[] }>

export type RegulariserKind = keyof typeof regulariserTables
