import { describe, expect, it } from 'vitest'
import { imageTraps } from '../../../src-main/analysis/encodingTraps.ts'
import { eventTraps } from '../../../src-main/analysis/eventTraps.ts'
import { firstSpikeCode } from '../../../src-main/analysis/firstSpikeCode.ts'
import { greyLevels } from '../../../src-main/analysis/greyLevels.ts'
import { spikeTiming } from '../../../src-main/analysis/spikeTiming.ts'
import { synapticCost } from '../../../src-main/analysis/synapticCost.ts'
import { encodedNumbers, type EncodedValues } from '../../../src-shared/encodedValues.ts'
import { encodingTables, type EncodingKind } from '../../../src-shared/encodingTables.ts'
import type { EncodingSettings } from '../../../src-shared/experiment.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import type { LayerNode } from '../../../src-shared/model/document.ts'

function settings(kind: EncodingKind, params: EncodingSettings['params'] = {}): EncodingSettings {
  return { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
}

const rows = (...steps: number[][]): EncodedValues =>
  encodedNumbers(Float32Array.from(steps.flat()), steps.length)

describe('when the values of a sample come', () => {
  it('counts spikes by step, and the steps between two of one input', () => {
    // Input 0 fires at 0, 1 and 4: intervals of 1 and 3. Input 1 at 1 and 4: an interval of 3. Input 2 never.
    const values = rows([1, 0, 0], [1, 1, 0], [0, 0, 0], [0, 0, 0], [1, 1, 0])
    const timing = spikeTiming(values)
    expect([...timing.perStep]).toEqual([1, 2, 0, 0, 2])
    expect([...timing.intervals]).toEqual([1, 0, 2, 0])
    expect(timing).toMatchObject({ coded: 'spikes', active: 5, total: 5, silent: 1 })
    expect(timing).toMatchObject({ emptySteps: 2, first: 0, last: 4 })
  })

  it('counts OFF spikes as spikes, and adds up anything else', () => {
    const signed = spikeTiming(rows([1, -1], [0, -1]))
    expect(signed).toMatchObject({ coded: 'signed', active: 3, total: 3 })
    expect([...signed.perStep, ...signed.intervals]).toEqual([2, 1, 1])
    const currents = spikeTiming(rows([0.5, -2], [0, 0.25]))
    expect(currents).toMatchObject({ coded: 'values', active: 3, total: -1.25 })
    expect([...currents.perStep, ...currents.intervals]).toEqual([-1.5, 0.25])
  })

  it('survives a sample with nothing in it', () => {
    const timing = spikeTiming(rows([0, 0], [0, 0], [0, 0]))
    expect(timing).toMatchObject({ active: 0, silent: 2, emptySteps: 3, first: null, last: null })
  })
})

describe('grey levels', () => {
  const x = Float32Array.of(0, 0.25, 0.5, 0.5, 1)

  it('are the same where their trains are', () => {
    // 0.5 and 1 fire at step 0, 0 and 0.25 at step 2.
    const values = rows([0, 0, 1, 1, 1], [0, 0, 0, 0, 0], [1, 1, 0, 0, 0])
    expect(greyLevels(settings('latency'), x, values)).toEqual({
      levels: 4,
      told: 2,
      largest: { levels: 2, from: 0, to: 0.25 },
    })
  })

  it('of a population are told by all inputs of a pixel together', () => {
    // Two inputs a pixel: at one step 0.25 and 0.5 differ in the second one alone.
    const values = rows([0, 1, 1, 1, 1, 0, 0, 1, 1, 1])
    expect(greyLevels(settings('population', { population: 2 }), x, values)).toMatchObject({
      levels: 4,
      told: 3,
      largest: { levels: 2, from: 0.5, to: 1 },
    })
    expect(greyLevels(settings('population', { spikes: 'random' }), x, values)).toBeNull()
  })

  it('of a rate are told by their probability, not by what chance drew', () => {
    const silent = rows([0, 0, 0, 0, 0])
    expect(greyLevels(settings('rate'), x, silent)).toMatchObject({ levels: 4, told: 4 })
    expect(greyLevels(settings('rate', { gain: 4 }), x, silent)).toEqual({
      levels: 4,
      told: 2,
      largest: { levels: 3, from: 0.25, to: 1 },
    })
  })
})

describe('a first-spike code', () => {
  const x = Float32Array.of(0, 0.005, 0.4, 0.6, 1)

  it('knows dark pixels by the threshold, and the shortest time that holds the lit ones', () => {
    const values = rows([0, 0, 0, 1, 1], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0], [1, 1, 0, 0, 0])
    expect(firstSpikeCode(settings('latency'), x, values)).toEqual({
      lit: 3,
      litSilent: 0,
      darkLast: 2,
      window: { from: 0, steps: 2, share: 1 },
    })
    // Without a threshold only black is dark.
    expect(firstSpikeCode(settings('firstSpike'), x, values)).toMatchObject({ lit: 4, darkLast: 1 })
  })

  it('counts lit pixels whose spikes are missing', () => {
    const values = rows([0, 0, 0, 0, 1], [0, 0, 0, 0, 0])
    expect(firstSpikeCode(settings('latency'), x, values)).toMatchObject({ lit: 3, litSilent: 2 })
  })

  it('is none where a pixel may fire again, or where the input is a ramp', () => {
    const values = rows([0, 0, 0, 0, 0])
    expect(firstSpikeCode(settings('poisson'), x, values)).toBeNull()
    expect(firstSpikeCode(settings('latency', { interpolate: true }), x, values)).toBeNull()
  })
})

describe('the cost of a sample', () => {
  const layer = (id: string, kind: string, params: LayerNode['params'], inputs?: string[]): LayerNode => ({
    ...{ id, kind, params },
    ...(inputs && { inputs }),
  })
  const model = (shape: number[], layers: LayerNode[]) => ({
    version: 1,
    name: 'm',
    input: { shape },
    layers,
  })
  const linear = (id: string, outputs: number, inputs?: string[]) =>
    layer(id, 'linear', { outputs, bias: true }, inputs)
  const window = { kernel: 3, stride: 1, padding: 0, dilation: 1, groups: 1, bias: true }

  it('of a linear layer is one addition for each spike and output', () => {
    const perInput = Uint32Array.of(1, 0, 2, 0)
    const network = model([1, 2, 2], [layer('flat', 'flatten', {}), linear('fc', 10)])
    expect(synapticCost(network, perInput, false)).toEqual({
      layers: ['fc'],
      operations: 30,
      multiplied: false,
      picojoules: 27,
    })
    expect(synapticCost(network, perInput, true)?.picojoules).toBeCloseTo(30 * 4.6)
  })

  it('of a convolution is what the place of a spike reaches', () => {
    // 4x4 with a 3x3 kernel: 2x2 outputs. A corner reaches one of them, the place (1,1) all four; 5 channels.
    const network = model([1, 4, 4], [layer('conv', 'conv2d', { ...window, outputs: 5 })])
    const at = (place: number) => {
      const perInput = new Uint32Array(16)
      perInput[place] = 1
      return synapticCost(network, perInput, false)?.operations
    }
    expect([at(0), at(1), at(5), at(15)]).toEqual([5, 10, 20, 5])
    const padded = model([1, 4, 4], [layer('conv', 'conv2d', { ...window, padding: 1, outputs: 5 })])
    expect(synapticCost(padded, new Uint32Array(16).fill(1), false)?.operations).toBe(5 * 100)
  })

  it('adds up all layers that read the input, and is unknown where one of them has no weights', () => {
    const perInput = Uint32Array.of(1, 1)
    const branches = [linear('a', 3, ['input']), linear('b', 4, ['input'])]
    expect(synapticCost(model([2], branches), perInput, false)).toMatchObject({
      layers: ['a', 'b'],
      operations: 14,
    })
    expect(synapticCost(model([2], [layer('lif', 'leaky', {})]), perInput, false)).toBeNull()
    expect(synapticCost(model([3], branches), perInput, false)).toBeNull()
  })
})

describe('the traps of an image', () => {
  function trapsOf(kind: EncodingKind, params: EncodingSettings['params'], x: number[], steps: number[][]) {
    const encoding = settings(kind, params)
    const values = rows(...steps)
    const brightness = Float32Array.from(x)
    const timeSteps = steps.length
    const report = {
      ...spikeTiming(values),
      levels: greyLevels(encoding, brightness, values),
    }
    return imageTraps({ encoding, timeSteps, x: brightness, values, report })
  }
  const silence = (count: number, width: number) =>
    Array.from({ length: count }, () => Array<number>(width).fill(0))

  it('tell of spikes that crowd, of dark ones at the end and of levels that are lost, and what mends them', () => {
    const x = [0, 0, 0.3, 0.4, 0.6, 1]
    const steps = [[0, 0, 1, 1, 1, 1], ...silence(8, 6), [1, 1, 0, 0, 0, 0]]
    const spread = { linear: true, normalize: true }
    expect(trapsOf('latency', {}, x, steps)).toEqual([
      { kind: 'crowded', data: { share: 1, steps: 1, of: 10, from: 1 }, changes: [{ params: spread }] },
      {
        kind: 'burst',
        data: { spikes: 2, share: 2 / 6, step: 10, of: 10 },
        changes: [{ params: { clip: true } }],
      },
      {
        kind: 'levels',
        data: { levels: 5, told: 2, merged: 4, from: Math.fround(0.3), to: 1 },
        changes: [{ params: spread }],
      },
    ])
  })

  it('tell of lit pixels that fire too late', () => {
    const late = trapsOf(
      'latency',
      { bypass: true },
      [0.2, 1],
      [
        [0, 1],
        [0, 0],
      ],
    )
    expect(late).toContainEqual({
      kind: 'dropped',
      data: { pixels: 1, of: 2 },
      changes: [{ params: { normalize: true } }],
    })
  })

  it('say of delta coding that a still image changes once', () => {
    expect(trapsOf('delta', {}, [0, 0.5, 1], [[0, 1, 1], ...silence(3, 3)])).toEqual([
      {
        kind: 'still',
        data: { spikes: 2, of: 4, empty: 3, levels: 3, told: 2 },
        changes: [{ kind: 'rate' }],
      },
    ])
    expect(trapsOf('delta', { padding: true }, [0, 1], silence(3, 2))).toEqual([
      { kind: 'nothing', data: { of: 3 }, changes: [{ params: { padding: false } }] },
    ])
  })

  it('say what a rate costs beside one spike a pixel, and nothing where all is well', () => {
    const always = Array.from({ length: 30 }, () => [0, 1])
    expect(trapsOf('rate', {}, [0, 1], always)).toEqual([
      { kind: 'costly', data: { spikes: 30, times: 30, lit: 1 }, changes: [{ params: { gain: 0.25 } }] },
    ])
    const alternating = Array.from({ length: 30 }, (_, t) => [0, t % 2])
    expect(trapsOf('rate', { gain: 0.5 }, [0, 1], alternating)).toEqual([])
  })

  it('say which steps hold nothing', () => {
    const steps = [[1, 1], [0, 1], ...silence(6, 2)]
    expect(trapsOf('poisson', {}, [0.5, 1], steps)).toEqual([
      { kind: 'empty', data: { empty: 6, of: 8 }, changes: [{ timeSteps: 2 }] },
    ])
  })
})

describe('the traps of a recording', () => {
  it('are events that no frame holds, and those that a binary frame does not count', () => {
    const encoding = settings('frames', { slicing: 'timeWindow', values: 'binary' })
    const report = { ...spikeTiming(rows([1, 1], [1, 0], [0, 0], [0, 0], [0, 0])), levels: null }
    const whole = { params: { slicing: 'timeBins', overlap: 0 } }
    const counts = { recorded: 20, transformed: 20, time: 4, place: 3 }
    expect(eventTraps(encoding, 5, counts, report)).toEqual([
      { kind: 'lostEvents', data: { events: 4, share: 0.2, of: 20 }, changes: [whole] },
      {
        kind: 'hiddenEvents',
        data: { events: 10, share: 0.5, of: 20 },
        changes: [{ params: { values: 'counts' } }],
      },
      { kind: 'empty', data: { empty: 3, of: 5 }, changes: [whole, { timeSteps: 2 }] },
    ])
  })
})
