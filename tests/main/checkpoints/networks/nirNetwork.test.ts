import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCheckpointFile } from '../../../../src-main/checkpoints/files/open.ts'
import {
  dictOf,
  type FileNode,
  type OpenedFile,
  textNode,
} from '../../../../src-main/checkpoints/files/openedFile.ts'
import { importNetwork } from '../../../../src-main/checkpoints/networks/importNetwork.ts'
import { compareCheckpoints } from '../../../../src-main/checkpoints/comparison.ts'
import { nirGraphView } from '../../../../src-main/checkpoints/networks/nir/graphView.ts'
import { exportNetwork } from '../../../../src-main/checkpoints/writers/exporters.ts'
import { doubles, integers, nirNode } from '../../../../src-main/checkpoints/writers/nir/nodes.ts'
import type { NamedTensor } from '../../../../src-main/engine/executor.ts'
import { scratchFolder } from '../../runs/tinyRun.ts'
import { filled, ramp } from '../trees.ts'

const folder = scratchFolder()

function nirFile(nodes: Record<string, FileNode>, edges: [string, string][]): OpenedFile {
  const pair = (texts: string[]): FileNode => ({ kind: 'list', type: 'list', items: texts.map(textNode) })
  const graph = dictOf([
    ['type', textNode('NIRGraph')],
    ['nodes', dictOf(Object.entries(nodes))],
    ['edges', { kind: 'list', type: 'list', items: edges.map(pair) }],
  ])
  const root = dictOf([
    ['version', textNode('1.0.7')],
    ['node', graph],
  ])
  return { path: join(folder, 'graph.nir'), format: 'nir', root, size: 0, notes: [], close: () => undefined }
}

/** Parameters are read when they are asked for: this asks. */
const valuesOf = (parameters: readonly NamedTensor[]) =>
  parameters.map(({ name, shape, data }) => ({ name, shape, data }))

const each = (count: number, value: number) => doubles(new Float64Array(count).fill(value), [count])

function lif(count: number, tau = 1e-3, r = 10) {
  const [v_leak, v_threshold] = [each(count, 0), each(count, 1)]
  return nirNode('LIF', { tau: each(count, tau), r: each(count, r), v_leak, v_threshold })
}

const ends = {
  input: nirNode('Input', { shape: integers(4) }),
  output: nirNode('Output', { shape: integers(3) }),
}
const affine = nirNode('Affine', { weight: ramp(3, 4), bias: filled(0.5, 3) })

describe('a NIR graph', () => {
  it("becomes layers whose decay is 1 - dt/τ, with the step of the writer's convention", () => {
    const file = nirFile({ ...ends, fc: affine, lif: lif(3) }, [
      ['input', 'fc'],
      ['fc', 'lif'],
      ['lif', 'output'],
    ])
    const { experiment, parameters, questions } = importNetwork(file)
    const [, neuron] = experiment.model.layers
    expect(neuron).toMatchObject({
      kind: 'leaky',
      params: { beta: 0.9, threshold: 1, reset: 'zero', resetDelay: false },
    })
    expect(parameters.map(({ name }) => name)).toEqual(['fc.weight', 'fc.bias', 'lif.beta', 'lif.threshold'])
    expect(questions.find(({ id }) => id === 'dt')?.answer).toBe(1e-4)
    const slower = importNetwork(file, { answers: { dt: 2e-4 } })
    expect(slower.experiment.model.layers[1].params).toMatchObject({ beta: 0.8, threshold: 0.5 })
    expect(() => importNetwork(file, { answers: { dt: 1 } })).toThrow(/shorter than the time step dt of 1 s/)
  })

  it('divides the threshold by the gain of the input', () => {
    const gained = nirFile(
      { ...ends, fc: affine, n: nirNode('IF', { r: each(3, 4), v_threshold: each(3, 2) }) },
      [
        ['input', 'fc'],
        ['fc', 'n'],
        ['n', 'output'],
      ],
    )
    const [, neuron] = importNetwork(gained, { answers: { dt: 0.5 } }).experiment.model.layers
    expect(neuron).toMatchObject({ kind: 'leaky', params: { beta: 1, threshold: 1 } })
  })

  it('makes a recurrent neuron of a loop, also of one in a nested graph', () => {
    const w_rec = nirNode('Affine', { weight: ramp(3, 3), bias: filled(0, 3) })
    const plain = nirFile({ ...ends, fc: affine, lif: lif(3), w_rec }, [
      ['input', 'fc'],
      ['fc', 'lif'],
      ['lif', 'w_rec'],
      ['w_rec', 'lif'],
      ['lif', 'output'],
    ])
    const network = importNetwork(plain)
    expect(network.experiment.model.layers[1]).toMatchObject({ kind: 'rleaky', params: { allToAll: true } })
    expect(network.parameters.find(({ name }) => name === 'lif.recurrent.weight')?.shape).toEqual([3, 3])
    const pair = (texts: string[]): FileNode => ({ kind: 'list', type: 'list', items: texts.map(textNode) })
    const inner = dictOf([
      ['type', textNode('NIRGraph')],
      [
        'nodes',
        dictOf([
          ['input', nirNode('Input', { shape: integers(3) })],
          ['lif', lif(3)],
          ['w_rec', w_rec],
          ['output', nirNode('Output', { shape: integers(3) })],
        ]),
      ],
      [
        'edges',
        {
          kind: 'list',
          type: 'list',
          items: [
            pair(['input', 'lif']),
            pair(['lif', 'w_rec']),
            pair(['w_rec', 'lif']),
            pair(['lif', 'output']),
          ],
        },
      ],
    ])
    const nested = nirFile({ ...ends, fc: affine, cell: inner }, [
      ['input', 'fc'],
      ['fc', 'cell'],
      ['cell', 'output'],
    ])
    expect(importNetwork(nested).experiment.model.layers[1]).toMatchObject({ id: 'cell.lif', kind: 'rleaky' })
  })

  it('adds where edges meet, there and back', async () => {
    const square = nirNode('Affine', { weight: ramp(3, 3), bias: filled(0.1, 3) })
    const [a, b, out] = [lif(3), lif(3, 2e-3, 20), lif(3, 5e-4, 5)]
    const file = nirFile({ ...ends, fc: affine, a, fc2: square, b, fc3: square, out }, [
      ['input', 'fc'],
      ['fc', 'a'],
      ['a', 'fc2'],
      ['fc2', 'b'],
      ['a', 'fc3'],
      ['b', 'fc3'],
      ['fc3', 'out'],
      ['out', 'output'],
    ])
    const network = importNetwork(file)
    expect(network.experiment.model.layers.find(({ kind }) => kind === 'add')).toEqual({
      ...{ id: 'fc3.sum', kind: 'add', params: {} },
      inputs: ['a', 'b'],
    })
    const [own, back] = ['sum.safetensors', 'sum.nir'].map((name) => join(folder, name))
    await exportNetwork(network, 'safetensors', own)
    await exportNetwork(importNetwork(openCheckpointFile(own)), 'nir', back)
    const again = importNetwork(openCheckpointFile(back))
    expect(valuesOf(again.parameters)).toEqual(valuesOf(network.parameters))
    expect(again.experiment.model).toEqual(network.experiment.model)
  })

  it('names what it cannot run', () => {
    const chain: [string, string][] = [
      ['input', 'fc'],
      ['fc', 'lif'],
      ['lif', 'output'],
    ]
    const circle = nirFile(
      {
        ...ends,
        fc: affine,
        lif: lif(3),
        back: nirNode('Affine', { weight: ramp(4, 3), bias: filled(0, 4) }),
      },
      [...chain, ['lif', 'back'], ['back', 'fc']],
    )
    expect(() => importNetwork(circle)).toThrow(/runs in a circle .*: .*(fc|lif|back) → /)
    const view = nirGraphView(circle.root)
    expect(view?.nodes.map(({ name, circle: turns }) => [name, turns])).toEqual([
      ['input', false],
      ['output', false],
      ['fc', true],
      ['lif', true],
      ['back', true],
    ])
    expect(view?.nodes.map(({ shape }) => shape)).toEqual([[4], [3], [3, 4], [3], [4, 3]])
    expect(view?.edges).toContainEqual(['back', 'fc'])
    const delay = nirFile({ ...ends, fc: affine, lif: nirNode('Delay', { delay: each(3, 1) }) }, chain)
    expect(() => importNetwork(delay)).toThrow(/node "lif" is of the type Delay/)
    const stray = nirFile({ ...ends, fc: affine, lif: lif(3) }, [...chain, ['lif', 'nowhere']])
    expect(() => importNetwork(stray)).toThrow(/unknown node "nowhere"/)
  })

  it('goes through a file bit for bit, and through a model with its weights bit for bit', async () => {
    const w_rec = nirNode('Affine', { weight: ramp(3, 3), bias: filled(0.25, 3) })
    const file = nirFile({ ...ends, fc: affine, lif: lif(3), w_rec }, [
      ['input', 'fc'],
      ['fc', 'lif'],
      ['lif', 'w_rec'],
      ['w_rec', 'lif'],
      ['lif', 'output'],
    ])
    const [direct, own, back] = ['direct.nir', 'own.safetensors', 'back.nir'].map((name) =>
      join(folder, name),
    )
    const network = importNetwork(file)
    await exportNetwork(network, 'nir', direct)
    const copy = openCheckpointFile(direct)
    const same = compareCheckpoints(file, copy)
    expect(same.changes.every(({ equal }) => equal)).toBe(true)
    expect([...same.onlyFirst, ...same.onlySecond, ...same.differentShapes]).toEqual([])
    copy.close()
    await exportNetwork(network, 'safetensors', own)
    await exportNetwork(importNetwork(openCheckpointFile(own)), 'nir', back)
    const again = importNetwork(openCheckpointFile(back))
    expect(valuesOf(again.parameters)).toEqual(valuesOf(network.parameters))
    expect(again.experiment.model).toEqual(network.experiment.model)
  })
})

const given = process.env.SPIKEDESK_NIR_FILES
describe.skipIf(!given)('the NIR files of SPIKEDESK_NIR_FILES', () => {
  const names = given ? readdirSync(given).filter((name) => name.endsWith('.nir')) : []
  it.each(names)('%s opens, runs and comes back bit for bit', async (name) => {
    const file = openCheckpointFile(join(given ?? '', name))
    const network = importNetwork(file)
    if (name.startsWith('braille')) {
      expect(network.experiment.model.layers.map(({ kind }) => kind)).toEqual([
        'linear',
        'rsynaptic',
        'linear',
        'synaptic',
      ])
    }
    if (name.startsWith('cnn_sinabs')) {
      expect(network.experiment.model.input.shape).toEqual([2, 34, 34])
      expect(network.questions.find(({ id }) => id === 'dt')?.answer).toBe(1)
    }
    const to = join(folder, name)
    await exportNetwork(network, 'nir', to)
    const copy = openCheckpointFile(to)
    const { changes, onlyFirst, onlySecond } = compareCheckpoints(file, copy)
    expect(changes.length).toBeGreaterThan(5)
    expect(changes.every(({ equal }) => equal)).toBe(true)
    expect([...onlyFirst, ...onlySecond]).toEqual([])
    copy.close()
    file.close()
  })
})
