import { expect, it } from 'vitest'
import { previewNeuron } from '../../../src-main/engine/neuronPreview.ts'
import { defaultValues, type FieldValues } from '../../../src-shared/fields.ts'
import { findLayer, layerDefinitions } from '../../../src-shared/model/layers/index.ts'

const currents = [0.6, 0.6, 0.6, 1.5, 0, 0.9, -0.3, 0.8]

function preview(kind: string, changes: FieldValues) {
  const params = { ...defaultValues(findLayer(kind)?.fields ?? []), ...changes }
  const { spikes, membrane } = previewNeuron({ kind, params, currents, seed: 1 })
  return { spikes: Array.from(spikes).join(''), membrane: Array.from(membrane) }
}

/** What the frameworks themselves give for these currents. */
const known: [kind: string, changes: FieldValues, membrane: string, spikes: string][] = [
  [
    'leaky',
    { beta: 0.9 },
    '0.600000 1.140000 0.626000 2.063400 0.857060 1.671354 0.204219 0.983797',
    '01010100',
  ],
  [
    'leaky',
    { beta: 0.9, reset: 'zero' },
    '0.600000 1.140000 0.600000 2.040000 0.000000 0.900000 0.510000 1.259000',
    '01010001',
  ],
  ['if', {}, '0.600000 0.000000 0.600000 0.000000 0.000000 0.900000 0.600000 0.000000', '01010001'],
  ['lif', {}, '0.300000 0.450000 0.525000 0.000000 0.000000 0.450000 0.075000 0.437500', '00010000'],
  ['qif', {}, '0.245000 0.477012 0.699978 -0.100000 -0.055000 0.418513 0.188684 0.531011', '00010000'],
  ['izhikevich', {}, '0.260000 0.462800 0.667912 0.000000 -0.040000 0.384800 0.134156 0.456200', '00010000'],
]

it.each(known)('shows %s %o as its framework steps it', (kind, changes, membrane, spikes) => {
  const shown = preview(kind, changes)
  expect(shown.spikes).toBe(spikes)
  for (const [step, value] of membrane.split(' ').map(Number).entries()) {
    expect(shown.membrane[step]).toBeCloseTo(value, 5)
  }
})

it('steps every kind of neuron', () => {
  for (const { kind, family } of layerDefinitions) {
    if (family === 'neuron') expect(preview(kind, {}).membrane.every(Number.isFinite), kind).toBe(true)
  }
})

it('refuses wrong parameters in words', () => {
  expect(() => preview('leaky', { beta: 'much' })).toThrow(/not a number/)
})
