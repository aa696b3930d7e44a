import { beforeEach, describe, expect, it } from 'vitest'
import { loadAddon, peakGflops, type NativeNetwork } from '../../src-main/engine/backends/native/addon.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import { noise } from '../main/engine/fixtures.ts'
import { indicesFrom, mapNetwork, samples, staticNetwork } from './networks.ts'

/** Calls with arguments that TypeScript would not let through. */
type Loose = Record<string, (...values: unknown[]) => unknown>

const { Network } = loadAddon()
const LooseNetwork = Network as unknown as new (...values: unknown[]) => NativeNetwork
const program = compileNetwork(staticNetwork)
const levels = { kind: 'current' as const, gain: 1, offset: 0, currents: null }
const drawn = { kind: 'drawn', fields: 1, probabilities: new Float32Array(256), firstStep: 0, period: 26 }
const everyRow = Uint32Array.from({ length: 256 }, (_, i) => i)
const trains = {
  ...{ kind: 'trains', fields: 1, ranks: new Uint8Array(256), rows: everyRow, rowCount: 256 },
  trains: new Uint32Array(256),
}
const images = noise(60, 70, 10)
const result = (size: number) => ({
  loss: 0,
  penalty: 0,
  correct: 0,
  predictions: new Int32Array(size),
  counts: new Float32Array(size * 10),
  layerSpikes: new Float64Array(2),
})

describe('arguments of the addon', () => {
  let network: NativeNetwork
  let loose: Loose
  beforeEach(() => {
    network = new Network(program, 2, levels)
    network.bind('train', images.images, images.labels)
    loose = network as unknown as Loose
  })

  it.each([
    ['nothing', undefined, 'program must be an object.'],
    ['a number', 5, 'program must be an object.'],
    ['an empty object', {}, 'program.timeSteps must be a number.'],
    ['no steps', { ...program, timeSteps: 0 }, 'program.timeSteps must be a whole number from 1'],
    ['half a sample', { ...program, batchSize: 1.5 }, 'program.batchSize must be a whole number from 1'],
    ['a list that is none', { ...program, values: 'all' }, 'program.values must be an array.'],
    [
      'no layers',
      { ...program, forward: program.forward.slice(0, 1) },
      'cannot run layer "input": noLayers.',
    ],
    ['no input', { ...program, forward: program.forward.slice(1) }, 'cannot run layer "fc1": op "linear".'],
    [
      'an unknown input',
      { ...program, forward: program.forward.toSpliced(1, 1) },
      'cannot run layer "n1": input "fc1.output".',
    ],
    ['lost values', { ...program, values: [] }, 'cannot run layer "fc1": input "fc1.weight".'],
    ['lost parameters', { ...program, parameters: [] }, 'cannot run layer "fc1": parameter'],
    [
      'another loss',
      { ...program, loss: { ...program.loss, loss: 'hinge' } },
      'cannot run layer "n2": loss "hinge".',
    ],
  ])('refuses %s for a program', (_what, given, sentence) => {
    expect(() => new LooseNetwork(given, 1, levels)).toThrow(sentence)
  })

  it('refuses a weight whose shape does not fit its layer', () => {
    const values = program.values.map((value) =>
      value.id === 'fc1.weight' ? { ...value, shape: [45, 71] } : value,
    )
    expect(() => new LooseNetwork({ ...program, values }, 1, levels)).toThrow(
      'The native engine cannot run layer "fc1": shape "fc1.weight".',
    )
  })

  it.each([-1, 1.5, 1000, 'two', undefined])('refuses %s threads', (threads) => {
    expect(() => new LooseNetwork(program, threads, levels)).toThrow(
      'The number of threads must be a whole number',
    )
  })

  it.each([
    ['nothing', undefined, 'levels must be an object.'],
    ['no kind', {}, 'levels.kind must be "current", "drawn", "trains" or "sequences".'],
    ['a gain that is none', { ...levels, gain: NaN }, 'levels.gain must be a finite number.'],
    [
      'too few probabilities',
      { ...drawn, fields: 2 },
      'levels.probabilities must have 512 elements, not 256.',
    ],
    [
      'a probability of 2',
      { ...drawn, probabilities: new Float32Array(256).fill(2) },
      'must be from 0 to 1.',
    ],
    [
      'a period beyond the steps',
      { ...drawn, period: 27 },
      'levels.period must be a whole number from 1 to 26.',
    ],
    [
      'a late first step',
      { ...drawn, period: 3, firstStep: 4 },
      'levels.firstStep must be a whole number from 0',
    ],
    ['rows that are not there', { ...trains, rowCount: 255 }, 'levels.rows names a row that is not there.'],
    [
      'ranks without rows',
      { ...trains, ranks: new Uint8Array(256).fill(1) },
      'levels.rows must have 512 elements',
    ],
    ['too few trains', { ...trains, fields: 2 }, 'levels.trains must have 512 elements, not 256.'],
    ['no values', { ...trains, kind: 'sequences' }, 'levels.values must be a typed array of the right kind.'],
    ['a spiking encoding for a static input', drawn, 'cannot run layer "input": encodedStatic.'],
  ])('refuses %s for levels', (_what, given, sentence) => {
    expect(() => new LooseNetwork(program, 1, given)).toThrow(sentence)
  })

  it('says how much memory a network would need that does not fit', () => {
    const large = { ...compileNetwork(mapNetwork), batchSize: 1 << 20 }
    expect(() => new LooseNetwork(large, 1, levels)).toThrow(
      /needs \d+ MiB of memory; the machine has \d+ MiB/,
    )
    const huge = { ...large, timeSteps: 1 << 20 }
    expect(() => new LooseNetwork(huge, 1, levels)).toThrow(/MiB of memory|too large for this machine/)
  })

  it.each([
    ['another kind of array', new Float32Array(60 * 70), images.labels, 'images must be a typed array'],
    ['too few images', images.images.subarray(1), images.labels, 'The images have 4199 values'],
    ['no labels', images.images, null, 'labels must be a typed array'],
  ])('refuses %s for a source', (_what, pixels, labels, sentence) => {
    expect(() => loose.bind('test', pixels, labels)).toThrow(sentence)
  })

  it.each([
    ['no batch', null, result(3), 'The batch must be an object.'],
    ['an unbound split', { ...samples(0, 3), split: 'test' }, result(3), 'No images are bound'],
    ['an unknown split', { ...samples(0, 3), split: 'both' }, result(3), 'The split must be'],
    [
      'a sample outside',
      { ...samples(0, 3), indices: new Uint32Array([1, 60]) },
      result(2),
      'Index 60 is outside',
    ],
    [
      'signed indices',
      { ...samples(0, 3), indices: new Int32Array(3) },
      result(3),
      'indices must be a typed array',
    ],
    ['no samples', { ...samples(0, 3), indices: new Uint32Array() }, result(0), 'this network takes 1 to 50'],
    [
      'too many samples',
      { ...samples(0, 3), indices: indicesFrom(0, 51) },
      result(51),
      'this network takes 1 to 50',
    ],
    ['half an epoch', { ...samples(0, 3), epoch: 0.5 }, result(3), 'The epoch must be a whole number'],
    ['no result', samples(0, 3), null, 'The result must be an object.'],
    ['a short result', samples(0, 3), result(2), 'predictions must have 3 elements, not 2.'],
  ])('refuses %s', (_what, batch, into, sentence) => {
    for (const mode of ['train', 'evaluate', 'gradients']) {
      expect(() => loose.run(mode, batch, into)).toThrow(sentence)
    }
  })

  it('refuses a mode, a tensor or a record that it does not know', () => {
    expect(() => loose.run('dream', samples(0, 3), result(3))).toThrow('The mode must be')
    expect(() => loose.read('fc9.weight', 'value', new Float32Array(1))).toThrow(
      'has no parameter "fc9.weight"',
    )
    expect(() => loose.read('fc1.weight', 'hue', new Float32Array(1))).toThrow('has no "hue"')
    expect(() => loose.read('fc1.bias', 'value', new Float32Array(44))).toThrow(
      'data must have 45 elements, not 44.',
    )
    expect(() => loose.read('n1.beta', 'firstMoment', new Float32Array(1))).toThrow('has no "firstMoment"')
    expect(() => loose.trace(samples(0, 3), result(3), [{}])).toThrow('one record for each neuron layer')
    expect(() => loose.trace(samples(0, 3), result(3), [{}, {}])).toThrow('spikes must be a typed array')
  })

  it('refuses labels that have no output', () => {
    network.bind(
      'train',
      images.images,
      images.labels.map((label) => label + 5),
    )
    expect(() => loose.run('train', samples(0, 10), result(10))).toThrow('tells only 10 classes apart')
  })

  it('notices that bound images have lost their memory', () => {
    const moved = images.images.slice()
    network.bind('train', moved, images.labels)
    structuredClone(moved.buffer, { transfer: [moved.buffer] })
    expect(() => loose.run('train', samples(0, 3), result(3))).toThrow(
      'The bound images have changed their size.',
    )
  })

  it('takes images in shared memory', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(images.images.length))
    shared.set(images.images)
    const [own, other] = [result(20), result(20)]
    network.run('evaluate', samples(0, 20), own)
    network.bind('train', shared, images.labels)
    network.run('evaluate', samples(0, 20), other)
    expect(other).toEqual(own)
  })

  it('follows no index of frames that leads outside', () => {
    const encoding = { kind: 'given' as const, static: false, spikes: true }
    const frames = new Network(compileNetwork({ ...staticNetwork, encoding }), 2, null)
    const run = (starts: Uint32Array, places: Uint32Array) => {
      const into = result(3)
      const labels = new Uint8Array(3)
      frames.run('evaluate', { kind: 'frames', samples: 3, starts, places, values: null, labels }, into)
      return into
    }
    const count = 3 * staticNetwork.timeSteps + 1
    const nothing = run(new Uint32Array(count), new Uint32Array(0))
    const wild = Uint32Array.from({ length: count }, (_, i) => (i * 2654435761) >>> 0)
    expect(run(wild, Uint32Array.of(70, 4294967295, 4000000000))).toEqual(nothing)
  })

  it('is of no use after it was disposed of, and can be disposed of twice', () => {
    network.dispose()
    network.dispose()
    expect(() => loose.run('train', samples(0, 3), result(3))).toThrow('The network has been disposed of.')
    expect(() => network.step).toThrow('The network has been disposed of.')
  })

  it('measures a peak', () => {
    expect(peakGflops(1)).toBeGreaterThan(0.1)
  })
})
