import { describe, expect, it } from 'vitest'
import { Memory } from '../../../src-main/engine/backends/reference/memory.ts'
import { referenceBackend } from '../../../src-main/engine/backends/reference/index.ts'
import { addPenaltyGradient, penaltyOf } from '../../../src-main/engine/backends/reference/ops/penalty.ts'
import { nativeBackend } from '../../../src-main/engine/backends/native/index.ts'
import { compileNetwork, type NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { RegulariserSettings } from '../../../src-shared/experiment.ts'
import { defaultLoss } from '../../../src-shared/lossTables.ts'
import { layer, network, numbers, tensor, valueBatch } from './fixtures.ts'

const all: RegulariserSettings[] = [
  { kind: 'l1_rate', params: { strength: 0.01 }, layers: [] },
  { kind: 'target_rate', params: { strength: 0.5, target: 0.3 }, layers: [] },
  { kind: 'synaptic_operations', params: { strength: 0.002 }, layers: [] },
]

/** Maps of neurons before pooling and a convolution, so that synapses differ from place to place. */
const maps = network(
  [
    layer('c1', 'conv2d', { outputs: 3, kernel: 3, padding: 1 }),
    layer('n1', 'leaky', { threshold: 0.2 }),
    layer('pool', 'avgpool2d', { kernel: 2 }),
    layer('c2', 'conv2d', { outputs: 4, kernel: 3, padding: 1 }),
    layer('n2', 'leaky', { threshold: 0.1 }),
    layer('flat', 'flatten'),
    layer('fc', 'linear', { outputs: 5 }),
    layer('n3', 'leaky', { threshold: 0.1 }),
  ],
  [2, 6, 6],
  { regularisers: all },
)

const chain: NetworkSpec = network(
  [
    layer('fc1', 'linear', { outputs: 21 }),
    layer('n1', 'leaky', { threshold: 0.2 }),
    layer('fc2', 'linear', { outputs: 5 }),
    layer('n2', 'leaky', { threshold: 0.2 }),
  ],
  [9],
  { regularisers: all },
)

const specs: { name: string; spec: NetworkSpec }[] = [
  { name: 'a chain', spec: chain },
  { name: 'a chain under a loss of membranes', spec: { ...chain, loss: defaultLoss('ce_membrane_sum') } },
  { name: 'maps', spec: maps },
]

function batchOf({ model }: NetworkSpec) {
  const size = model.input.shape.reduce((product, length) => product * length, 1)
  return valueBatch(numbers(3 * size, 5, 0, 2), [0, 3, 4])
}

describe('the reference', () => {
  it('has for each spike the derivative of what it costs', () => {
    const program = compileNetwork(chain)
    const memory = new Memory(program)
    memory.batch = 2
    for (const penalty of program.penalties) {
      const spikes = memory.tensor(penalty.spikes)
      spikes.set(numbers(spikes.length, 3))
      const gradient = new Float32Array(spikes.length)
      addPenaltyGradient({ ...penalty, fresh: true }, memory, gradient)
      for (let i = 0; i < spikes.length; i += 7) {
        const value = spikes[i]
        const at = (to: number) => {
          spikes[i] = to
          return penaltyOf(penalty, memory)
        }
        const slope = (at(value + 0.25) - at(value - 0.25)) / 0.5
        spikes[i] = value
        expect(gradient[i]).toBeCloseTo(slope, 6)
      }
    }
  })

  it('counts the synapses behind a spike', () => {
    const [first, second] = compileNetwork(maps).penalties
    const fanOutOf = ({ terms }: typeof first) =>
      terms.find(({ kind }) => kind === 'synaptic_operations')?.fanOut
    // Of a 3×3 window with padding 1 a corner of 3×3 places is under 4, an edge under 6, the centre under 9.
    const windows = [4, 6, 4, 6, 9, 6, 4, 6, 4].map((taps) => taps * 4)
    const pooled = Array.from(
      { length: 36 },
      (_, i) => windows[Math.floor(i / 12) * 3 + Math.floor((i % 6) / 2)],
    )
    expect(fanOutOf(first)).toEqual(pooled)
    expect(new Set(fanOutOf(second))).toEqual(new Set([5]))
  })

  it('adds as snnTorch does: λ times all spikes of the batch', () => {
    const spec = { ...chain, regularisers: [all[0]] }
    const { result } = referenceBackend.create(compileNetwork(spec), 1).gradients(batchOf(spec))
    const spikes = result.layerSpikes.reduce((sum, count) => sum + count, 0)
    expect(spikes).toBeGreaterThan(10)
    expect(result.penalty).toBeCloseTo(0.01 * spikes, 9)
  })

  it('looks only at the layers that are named', () => {
    const spec = { ...chain, regularisers: [{ ...all[0], layers: ['n2'] }] }
    expect(compileNetwork(spec).penalties.map((penalty) => penalty.layer)).toEqual(['n2'])
  })
})

describe.each(specs)('native over $name', ({ spec }) => {
  it('has the penalty and the gradients of the reference', () => {
    const program = compileNetwork(spec)
    const batch = batchOf(spec)
    const wanted = referenceBackend.create(program, 1).gradients(batch)
    const found = nativeBackend.create(program, 2).gradients(batch)
    expect([...found.result.layerSpikes]).toEqual([...wanted.result.layerSpikes])
    expect(found.result.penalty).toBeCloseTo(wanted.result.penalty, 6)
    for (const { name, data } of wanted.gradients) {
      const apart = tensor(found.gradients, name).map((value, i) => Math.abs(value - data[i]))
      const scale = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3)
      expect(Math.max(...apart) / scale, name).toBeLessThan(1e-4)
    }
  })

  it('goes another way than without it', () => {
    const batch = batchOf(spec)
    const plain = nativeBackend.create(compileNetwork({ ...spec, regularisers: [] }), 1).gradients(batch)
    const penalised = nativeBackend.create(compileNetwork(spec), 1).gradients(batch)
    expect(penalised.result.loss).toBe(plain.result.loss)
    expect(penalised.gradients).not.toEqual(plain.gradients)
  })
})
