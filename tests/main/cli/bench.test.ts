import { describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { spikedesk, temporaryFolder } from './commandLine.ts'
import type { OpMeasurement, ProfileMeasurement } from '../../../src-main/cli/bench/measure.ts'
import { writeIdxFolder } from './idxFolder.ts'

describe('bench', () => {
  it('prints a line per workload and phase with rates, memory and share of the peak', async () => {
    const options = ['--workload', 'fc-leaky-100', '--threads', '1', '--repeats', '2', '--json']
    const ended = await spikedesk(['bench', ...options])
    expect([ended.code, ended.stderr]).toEqual([0, ''])
    const lines = ended.events().filter(({ type }) => type === 'measurement')
    expect(lines.map(({ workload, phase }) => [workload, phase])).toEqual([
      ['fc-leaky-100', 'train'],
      ['fc-leaky-100', 'infer'],
    ])
    for (const line of lines) {
      expect(line).toMatchObject({ engine: 'native', threads: 1, batchSize: 128, repeats: 2 })
      const { imagesPerSecond, peakRssMiB, plannedMiB, engineMiB, peakGflops, gflops, share } = line as {
        imagesPerSecond: { min: number; median: number; max: number }
      } & Record<'peakRssMiB' | 'plannedMiB' | 'engineMiB' | 'peakGflops' | 'gflops' | 'share', number>
      expect(imagesPerSecond.min).toBeGreaterThan(0)
      expect(imagesPerSecond.median).toBeGreaterThanOrEqual(imagesPerSecond.min)
      expect(imagesPerSecond.max).toBeGreaterThanOrEqual(imagesPerSecond.median)
      expect(plannedMiB).toBeGreaterThan(0.5)
      expect(engineMiB).toBeLessThan(peakRssMiB)
      expect(peakRssMiB).toBeGreaterThan(20)
      expect(share).toBeCloseTo(gflops / peakGflops, 12)
    }
    expect(ended.result()).toMatchObject({ type: 'result', dataset: 'digits' })
  })

  it('counts useful operations: as many per image whatever the engine', async () => {
    const set = writeIdxFolder(join(temporaryFolder(), 'set'), 256)
    const measure = async (engine: string): Promise<number> => {
      const options = ['--workload', 'fc-leaky-100', '--engine', engine, '--threads', '1', '--repeats', '1']
      const ended = await spikedesk(['bench', ...options, '--dataset', set, '--json'])
      const line = ended.events().find(({ phase }) => phase === 'train') as {
        gflops: number
        imagesPerSecond: { median: number }
      }
      return (line.gflops * 1e9) / line.imagesPerSecond.median
    }
    const [reference, native] = [await measure('reference'), await measure('native')]
    expect(native).toBeCloseTo(reference, 3)
  })

  it('times every op with --profile: together no longer than the step, none forgotten', async () => {
    const set = writeIdxFolder(join(temporaryFolder(), 'set'), 256)
    const options = [
      '--workload',
      'csnn-if',
      '--threads',
      '2',
      '--repeats',
      '1',
      '--dataset',
      set,
      '--profile',
    ]
    const ended = await spikedesk(['bench', ...options, '--json'])
    expect([ended.code, ended.stderr]).toEqual([0, ''])
    const train = ended.events().find(({ phase }) => phase === 'train')
    const { stepMs, waitingMs, gflops, ops } = train?.profile as ProfileMeasurement
    expect(gflops).toBeGreaterThan(0)
    expect(ops.map(({ op, layer }) => [op, layer])).toEqual([
      ['encode', ''],
      ...[1, 2].flatMap((block) => [
        ['convolution', `conv${block}`],
        ['batchNorm', `bn${block}`],
        ['neuron', `if${block}`],
        ['pool', `pool${block}`],
      ]),
      ['linear', 'fc1'],
      ['neuron', 'if3'],
      ['linear', 'fc2'],
      ['neuron', 'if4'],
      ['loss', ''],
      ['prepare', ''],
    ])
    const spent = ops.reduce((sum, op) => sum + op.forwardMs + op.backwardMs + op.updateMs, 0)
    expect(spent + waitingMs).toBeCloseTo(stepMs, 6)
    const find = (layer: string) => ops.find((op) => op.layer === layer)
    for (const layer of ['conv2', 'fc1']) {
      expect(
        Math.min(
          ...['forwardMs', 'backwardMs', 'updateMs'].map((key) =>
            Number(find(layer)?.[key as keyof OpMeasurement]),
          ),
        ),
      ).toBeGreaterThan(0)
    }
    expect(find('pool1')?.updateMs).toBe(0)
    const words = await spikedesk(['bench', ...options])
    expect(words.stdout).toMatch(/op +layer +forward ms +backward ms +update ms +of step +GFLOP\/s +of peak/)
    expect(words.stdout).toMatch(/step +\d+\.\d+ +100 % +\d+\.\d+ +\d+ %/)
    expect(words.stdout).toMatch(/convolution +conv2 +\d+\.\d+ +\d+\.\d+ +\d+\.\d+ +\d+ % +\d+\.\d+ +\d+ %/)
  })

  it('says which engine times ops where the one asked for does not', async () => {
    const set = writeIdxFolder(join(temporaryFolder(), 'set'), 256)
    const options = [
      '--workload',
      'fc-leaky-100',
      '--engine',
      'reference',
      '--threads',
      '1',
      '--repeats',
      '1',
    ]
    const ended = await spikedesk(['bench', ...options, '--dataset', set, '--profile'])
    expect(ended.code).toBe(1)
    expect(ended.stderr).toBe(
      'The engine reference does not time its ops; --profile needs the engine native.\n',
    )
  })

  it('refuses a dataset with less than a batch', async () => {
    const set = writeIdxFolder(join(temporaryFolder(), 'set'), 100)
    const ended = await spikedesk(['bench', '--workload', 'fc-leaky-100', '--dataset', set])
    expect(ended.code).toBe(1)
    expect(ended.stderr).toBe(
      `The dataset ${set} has 100 images in a split; a measurement needs at least one batch of 128.\n`,
    )
  })
})
