import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readNpz } from '../../../src-main/datasets/arrays/npz.ts'
import { spikedesk, temporaryFolder } from './commandLine.ts'

const digits = ['encode', 'digits', '--index', '7']

function arrayOf(path: string, name: string): { shape: number[]; bytes: Uint8Array } {
  const { shape, data } = readNpz(readFileSync(path), path).array(name)
  return { shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }
}

describe('encode', () => {
  it('writes the spikes of a sample for NumPy', async () => {
    const out = join(temporaryFolder(), 'spikes.npz')
    const encoder = ['--encoder', 'latency,tau=5,normalize=true,linear=true,clip=true', '--steps', '100']
    const ended = await spikedesk([...digits, ...encoder, '--out', out, '--json'])
    expect([ended.code, ended.stderr]).toEqual([0, ''])
    const result = ended.result() as { label: number; nonZero: number }
    expect(result).toMatchObject({ path: out, spiking: true, timeSteps: 100 })
    const [spikes, sample, label] = ['spikes', 'sample', 'label'].map((name) => arrayOf(out, name))
    expect([spikes.shape, sample.shape, label.shape]).toEqual([[100, 1, 28, 28], [1, 28, 28], []])
    expect(label.bytes[0]).toBe(result.label)
    // Brightness of 3 / 255 or more is at the threshold of 0.01 or above: each of these pixels fires once.
    expect(spikes.bytes.reduce((sum, spike) => sum + spike)).toBe(
      sample.bytes.filter((byte) => byte >= 3).length,
    )
    sample.bytes.forEach((byte, i) => {
      if (byte === 255) expect(spikes.bytes[i]).toBe(1)
    })
  })

  it('writes values as float32 where they are no spikes', async () => {
    const out = join(temporaryFolder(), 'values.npz')
    const ended = await spikedesk([...digits, '--encoder', 'constant,gain=2', '--steps', '3', '--out', out])
    expect([ended.code, ended.stderr]).toEqual([0, ''])
    const { shape, bytes } = arrayOf(out, 'values')
    expect([shape, bytes.length]).toEqual([[3, 1, 28, 28], 4 * 3 * 784])
  })

  it('writes the targets of the label beside it', async () => {
    const out = join(temporaryFolder(), 'targets.npz')
    const words = [...digits, '--encoder', 'rate', '--steps', '10', '--out', out, '--json', '--targets']
    const ended = await spikedesk([...words, 'rate,correctRate=0.5,incorrectRate=0.1,onTarget=1.5'])
    expect([ended.code, ended.stderr]).toEqual([0, ''])
    const { label, arrays } = ended.result() as { label: number; arrays: unknown[] }
    expect(arrays).toContainEqual({ name: 'targets', shape: [10, 10] })
    const { bytes } = arrayOf(out, 'targets')
    const targets = new Float32Array(bytes.slice().buffer)
    const stepsOf = (output: number) => [...Array(10).keys()].filter((t) => targets[t * 10 + output] === 1.5)
    expect(stepsOf(label)).toEqual([0, 2, 4, 6, 8])
    expect(stepsOf((label + 1) % 10)).toEqual([0])

    const still = await spikedesk([...words, 'convert', '--overwrite'])
    expect([still.code, still.stderr]).toEqual([0, ''])
    const oneHot = Array.from({ length: 10 }, (_, output) => (output === label ? 1 : 0))
    const { shape, bytes: stillBytes } = arrayOf(out, 'targets')
    expect([shape, [...new Float32Array(stillBytes.slice().buffer)]]).toEqual([[10], oneHot])
  })

  it.each([
    [['--encoder', 'latency,tau=50'], 'The last spike of a sample comes at step 575, but 25 time steps'],
    [['--encoder', 'latency,threshold=1'], 'Threshold is 1; it must be above 0 to 0.999999'],
    [['--encoder', 'rate,gain=much'], 'Gain is "much", which is not a number; it takes a number from 0 to'],
    [['--encoder', 'frames'], 'The encoding "event frames" reads events'],
    [['--encoder', 'morse'], '--encoder takes one of constant, rate, poisson, latency,'],
    [['--encoder', 'delta,gain=1'], '--encoder: "gain=1" is no parameter of delta'],
    [['--targets', 'rate,correctRate=2'], 'Rate of the class is 2; it must be from 0 to 1'],
    [
      ['--targets', 'rate,correctRate=0.2,incorrectRate=0.4'],
      'The correct class is to fire at the rate 0.2 and the others at 0.4',
    ],
    [['--targets', 'latency,tau=9'], 'The last spike of a sample comes at step 104, but 25 time steps'],
    [['--targets', 'convert,epsilon=1'], '--targets: "epsilon=1" is no parameter of convert'],
    [['--targets', 'morse'], '--targets takes one of rate, latency, convert'],
    [['--index', '99999'], 'Sample 99999 is not there; the test split of'],
  ])('refuses %j in one sentence and writes nothing', async (words, beginning) => {
    const out = join(temporaryFolder(), 'none.npz')
    const { code, stdout, stderr } = await spikedesk(['encode', 'digits', ...words, '--out', out])
    expect(code).not.toBe(0)
    expect([stdout, stderr.trimEnd().split('\n').length]).toEqual(['', 1])
    expect(stderr.startsWith(beginning), stderr).toBe(true)
    expect(existsSync(out)).toBe(false)
  })
})
