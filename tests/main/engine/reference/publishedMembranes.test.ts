import { describe, expect, it } from 'vitest'
import { neuronModel } from '../../../../src-main/engine/backends/reference/neurons/index.ts'
import { compileNetwork } from '../../../../src-main/engine/compile.ts'
import type { FieldValues } from '../../../../src-shared/fields.ts'
import { layer, network } from '../fixtures.ts'
import { runAlone } from './neuronAlone.ts'

const input = [0.6, 0.6, 0.6, 1.5, 0, 0.9, -0.3, 0.8]

/** Runs a layer of one neuron, from its table's values, on the published input. */
function run(kind: string, params: FieldValues, constants: Record<string, number> = {}) {
  const program = compileNetwork(network([layer('n', kind, params)], [1], { timeSteps: input.length }))
  const op = program.forward.find((candidate) => candidate.op === 'neuron')
  if (op?.op !== 'neuron') throw new Error('there is no neuron op')
  const first = program.parameters.map(({ value, initialise }) => [
    value.slice('n.'.length),
    initialise.kind === 'constant' ? initialise.value : Number.NaN,
  ])
  return runAlone(neuronModel(op.neuron), { ...Object.fromEntries(first), ...constants }, input)
}

const soft = { reset: 'soft' }
const lif = { tau: 2, decayInput: false }

/** Kind, values of its table, membranes at the end of each step, spikes; of snnTorch 0.9.4 and spikingjelly. */
const published: [kind: string, params: FieldValues, membranes: string, spikes: string][] = [
  ['leaky', { beta: 0.9 }, '0.6 1.14 0.626 2.0634 0.85706 1.671354 0.204219 0.983797', '01010100'],
  ['leaky', { beta: 0.9, reset: 'zero' }, '0.6 1.14 0.6 2.04 0 0.9 0.51 1.259', '01010001'],
  [
    'leaky',
    { beta: 0.9, reset: 'none' },
    '0.6 1.14 1.626 2.9634 2.66706 3.300354 2.670319 3.203287',
    '01111111',
  ],
  [
    'leaky',
    { beta: 0.9, resetDelay: false },
    '0.6 0.14 0.726 1.1534 1.03806 1.834254 1.350829 1.015746',
    '01010001',
  ],
  ['leaky', { beta: 0.9, reset: 'zero', resetDelay: false }, '0.6 0 0.6 0 0 0.9 0.51 0', '01010001'],
  [
    'lapicque',
    { beta: 0.5 },
    '0.415888 0.543505 0.582664 1.218513 -0.626096 0.431713 -0.075472 0.531359',
    '00010000',
  ],
  [
    'synaptic',
    { alpha: 0.5, beta: 0.9 },
    '0.6 1.44 1.346 2.2364 2.02526 2.228984 1.409211 1.269852',
    '01111111',
  ],
  ['synaptic', { alpha: 0.5, beta: 0.9, reset: 'zero' }, '0.6 1.44 0 2.025 0 1.40625 0 1.001563', '01010101'],
  [
    'alpha',
    { alpha: 0.9, beta: 0.8, reset: 'zero' },
    '0 0.113672 0.306914 0.553582 1.004291 0 0 -0.056836',
    '00001000',
  ],
  [
    'alpha',
    { alpha: 0.9, beta: 0.8, reset: 'subtract' },
    '0 0.113672 0.306914 0.553582 1.004291 -0.828245 3.922282 3.773218',
    '00001011',
  ],
  ['if', {}, '0.6 0 0.6 0 0 0.9 0.6 0', '01010001'],
  ['if', soft, '0.6 0.2 0.8 1.3 0.3 0.2 -0.1 0.7', '01011100'],
  ['lif', { tau: 2 }, '0.3 0.45 0.525 0 0 0.45 0.075 0.4375', '00010000'],
  ['lif', lif, '0.6 0.9 0 0 0 0.9 0.15 0.875', '00110000'],
  ['lif', { ...lif, ...soft }, '0.6 0.9 0.05 0.525 0.2625 0.03125 -0.284375 0.657813', '00110100'],
  ['qif', {}, '0.245 0.477012 0.699978 -0.1 -0.055 0.418513 0.188684 0.531011', '00010000'],
  ['eif', {}, '0.453285 0.880146 -0.1 0.903285 -0.1 0.603285 0.562355 -0.1', '00101001'],
  [
    'alif',
    { beta: 0.9, alpha: 0.9, adapt: 1.8, normalise: true },
    '0.6 1.14 0.626 2.0634 0.69506 1.525554 -0.220221 0.601801',
    '01010100',
  ],
  [
    'alif',
    { beta: 0.9, alpha: 0.9, adapt: 0.5, normalise: false },
    '0.6 1.14 0.626 2.0634 0.40706 1.266354 0.839719 1.555747',
    '01010000',
  ],
  ['izhikevich', {}, '0.26 0.4628 0.667912 0 -0.04 0.3848 0.134156 0.4562', '00010000'],
]

describe('published membranes', () => {
  it.each(published)('of %s %j', (kind, params, membranes, spikes) => {
    const trace = run(kind, params)
    const wanted = membranes.split(' ').map(Number)
    wanted.forEach((membrane, t) => expect(trace.membrane[t], `step ${t + 1}`).toBeCloseTo(membrane, 5))
    expect(trace.spikes.join('')).toBe(spikes)
  })

  it('of KLIF with k = 1.5', () => {
    const { membrane, spikes } = run('klif', {}, { k: 1.5 })
    const wanted = [0.45, 0.7875, 0, 0, 0, 0.675, 0.28125, 0.810938]
    wanted.forEach((value, t) => expect(membrane[t]).toBeCloseTo(value, 5))
    expect(spikes.join('')).toBe('00110000')
  })
})
