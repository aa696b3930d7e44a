import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  dictOf,
  textNode,
  type DictNode,
  type FileNode,
} from '../../src-main/checkpoints/files/openedFile.ts'
import { dtypeNamed } from '../../src-main/containers/dtypes.ts'
import { numpyArchiveParts, numpyParts } from '../../src-main/checkpoints/writers/numpyWriter.ts'
import { encodeHeader } from '../../src-main/checkpoints/safetensors.ts'
import { writeHdf5 } from '../../src-main/checkpoints/writers/nir/hdf5Writer.ts'
import { torchParts } from '../../src-main/checkpoints/writers/torchWriter.ts'
import { integers, nirNode } from '../../src-main/checkpoints/writers/nir/nodes.ts'
import { filled, joined, leakyState, ramp, stateDict, value } from '../main/checkpoints/trees.ts'

/** Small whole files of every format, to be damaged. */

function torchFile(): Uint8Array {
  const weights = stateDict({ 'fc.weight': ramp(3, 4), 'fc.bias': ramp(3), ...leakyState('lif') }, [
    '',
    'fc',
    'lif',
  ])
  const root = dictOf([
    ['model_state_dict', weights],
    ['loss_hist', { kind: 'list', type: 'list', items: [value(1.5), value(0.5)] } as FileNode],
    [
      'hyperparameters',
      dictOf([
        ['num_steps', value(7)],
        ['name', value('net')],
      ]),
    ],
  ])
  return joined(torchParts(root, 'model'))
}

/** The container of torch before 1.6, by hand: five pickles, then the elements of the storages. */
export function legacyFile(): Uint8Array {
  const text = (words: string) => Buffer.from(words, 'latin1')
  const magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, ...text('.')]
  const protocol = [0x80, 2, ...text('M'), 0xe9, 3, ...text('.')]
  const system = [0x80, 2, ...text('}(X'), 13, 0, 0, 0, ...text('little_endian'), 0x88, ...text('u.')]
  const word = (name: string) => [...text('X'), name.length, 0, 0, 0, ...text(name)]
  const id = [
    ...text('('),
    ...word('storage'),
    ...text('ctorch\nFloatStorage\n'),
    ...word('7'),
    ...word('cpu'),
  ]
  const storage = [...id, ...text('K'), 6, ...text('Nt'), ...text('Q')]
  const tensor = [...text('ctorch._utils\n_rebuild_tensor_v2\n('), ...storage, ...text('K'), 0]
  const shape = [...text('K'), 2, ...text('K'), 3, 0x86, ...text('K'), 3, ...text('K'), 1, 0x86]
  const rest = [0x89, ...text('ccollections\nOrderedDict\n)RtR')]
  const object = [0x80, 2, ...text('}('), ...word('fc.weight'), ...tensor, ...shape, ...rest, ...text('u.')]
  const keys = [0x80, 2, ...text('](X'), 1, 0, 0, 0, ...text('7e.')]
  const values = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer)
  return Uint8Array.from([
    ...magic,
    ...protocol,
    ...system,
    ...object,
    ...keys,
    6,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    ...values,
  ])
}

function safetensorsFile(): Uint8Array {
  const tensors = [
    { name: 'fc.weight', dtype: 'F32', shape: [3, 4], bytes: ramp(3, 4).read() },
    { name: 'half', dtype: 'F16', shape: [5], bytes: new Uint8Array(10) },
  ]
  const file = { metadata: { note: 'a' }, tensors }
  return joined([encodeHeader(file), ...tensors.map(({ bytes }) => bytes)])
}

function arrayOf(shape: number[]) {
  return { dtype: dtypeNamed('float32'), shape, bytes: ramp(...shape).read() }
}

async function nirFile(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'spikedesk-seed-'))
  const path = join(folder, 'seed.nir')
  const pair = (...texts: string[]): FileNode => ({ kind: 'list', type: 'list', items: texts.map(textNode) })
  const neuron = { tau: filled(0.01, 3), r: filled(1, 3), v_leak: filled(0, 3), v_threshold: filled(1, 3) }
  const nodes: [string, FileNode][] = [
    ['input', nirNode('Input', { shape: integers(4) })],
    ['fc', nirNode('Affine', { weight: ramp(3, 4), bias: filled(0, 3) })],
    ['lif', nirNode('LIF', neuron)],
    ['output', nirNode('Output', { shape: integers(3) })],
  ]
  const edges: FileNode = {
    kind: 'list',
    type: 'list',
    items: [pair('input', 'fc'), pair('fc', 'lif'), pair('lif', 'output')],
  }
  const graph = dictOf([
    ['type', textNode('NIRGraph')],
    ['nodes', dictOf(nodes)],
    ['edges', edges],
  ])
  const root: DictNode = dictOf([
    ['version', textNode('1.0.7')],
    ['node', graph],
  ])
  try {
    await writeHdf5(path, root)
    return new Uint8Array(readFileSync(path))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whole files by the name of their format. */
export async function seedFiles(): Promise<Record<string, Uint8Array>> {
  return {
    torch: torchFile(),
    'torch before 1.6': legacyFile(),
    safetensors: safetensorsFile(),
    NIR: await nirFile(),
    npz: joined(
      numpyArchiveParts(
        new Map([
          ['a', arrayOf([2, 3])],
          ['b', arrayOf([4])],
        ]),
      ),
    ),
    npy: joined(numpyParts(arrayOf([2, 3]))),
  }
}
