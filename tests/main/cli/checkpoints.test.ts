import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readNpz } from '../../../src-main/datasets/arrays/npz.ts'
import { writeTorch } from '../../../src-main/checkpoints/writers/torchWriter.ts'
import { filled, leakyState, ramp, stateDict } from '../checkpoints/trees.ts'
import { scratchFolder } from '../runs/tinyRun.ts'
import { spikedesk, type Ended } from './commandLine.ts'

/** The commands for checkpoints of others, as their users type them. */

const folder = scratchFolder()
const file = join(folder, 'net.pth')
const to = (name: string): string => join(folder, name)

beforeAll(() => {
  const weights = { 'fc1.weight': ramp(10, 784), 'fc1.bias': filled(0, 10), ...leakyState('lif1') }
  writeTorch(file, stateDict(weights))
})

function expectRefused({ code, stdout, stderr }: Ended, beginning: string): void {
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr.startsWith(beginning), stderr).toBe(true)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
}

describe('convert', () => {
  it('says before it writes what the format cannot say, and replaces nothing unasked', async () => {
    const out = to('net.nir')
    const first = await spikedesk(['convert', file, out])
    expect(first.code).toBe(0)
    expect(first.stderr).toContain('NIR cannot say of layer "lif1"')
    expect(first.stdout).toBe(`${out}: nir, ${first.stdout.split('nir, ')[1]}`)
    const before = readFileSync(out)
    const again = await spikedesk(['convert', file, out])
    expect([again.code, again.stdout]).toEqual([1, ''])
    expect(again.stderr).toContain(`${out} exists already; choose another name,`)
    expect(readFileSync(out).equals(before)).toBe(true)
    expect((await spikedesk(['convert', file, out, '--overwrite'])).code).toBe(0)
  })

  it('does not replace the weights beside a script either', async () => {
    const refused = await spikedesk(['convert', file, to('net.py')])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain(`${file} exists already;`)
    expect(existsSync(to('net.py'))).toBe(false)
  })

  it.each([
    [['convert', 'FILE', 'net.onnx'], 'The name net.onnx means no format; known endings are: .safetensors'],
    [['convert', 'none.pth', 'x.nir'], 'The checkpoint none.pth does not exist.'],
    [['convert', 'FILE'], 'spikedesk convert needs <out>;'],
    [['inspect', 'TEXT'], 'TEXT looks like a text file; wanted is a checkpoint'],
    [['diff', 'FILE', 'TEXT'], 'TEXT looks like a text file; wanted is a checkpoint'],
    [['diff', 'FILE', 'FILE', '--spectra', 'none'], 'FILE holds no tensor "none".'],
    [['evaluate', 'FILE'], 'spikedesk evaluate needs --dataset'],
    [
      ['evaluate', 'FILE', '--dataset', 'digits', '--answers', 'none.json'],
      'none.json cannot be read as answers',
    ],
    [['trace', 'FILE', '--dataset', 'digits', '--index', '9999', '--out', 'OUT'], 'Sample 9999 is not there'],
  ])('refuses %j in one sentence', async (words, beginning) => {
    writeFileSync(to('text.pth'), 'no checkpoint at all')
    const named = (word: string) =>
      word.replace('FILE', file).replace('TEXT', to('text.pth')).replace('OUT', to('none.npz'))
    const ended = await spikedesk(words.map(named))
    expect([ended.code === 0, ended.stdout]).toEqual([false, ''])
    expect(ended.stderr.startsWith(named(beginning)), ended.stderr).toBe(true)
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(existsSync(to('none.npz'))).toBe(false)
  })
})

describe('a network of another program', () => {
  it('is inspected, traced and compared', async () => {
    const inspected = (await spikedesk(['inspect', file, '--json'])).result()
    expect(inspected).toMatchObject({ format: 'torch', network: { framework: 'snntorch' } })
    const words = ['trace', file, '--dataset', 'digits', '--index', '3', '--steps', '6']
    const out = to('trace.npz')
    expect((await spikedesk([...words, '--out', out])).code).toBe(0)
    const { shape } = readNpz(readFileSync(out), out).array('lif1.spikes')
    expect(shape).toEqual([6, 10])
    expectRefused(await spikedesk([...words, '--out', out]), `${out} exists already;`)
    const compared = await spikedesk(['diff', file, file, '--spectra', 'fc1.weight', '--json'])
    expect(compared.code).toBe(0)
    const { spectra } = compared.result() as { spectra: { first: number[]; difference: number[] } }
    expect([spectra.first.length, spectra.difference[0]]).toEqual([10, 0])
  })
})
