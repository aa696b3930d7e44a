import { describe, expect, it } from 'vitest'
import { spikedesk } from './commandLine.ts'

describe('a wrong command line', () => {
  it.each([
    [['trian'], '"trian" is not a command; known are: train, evaluate, inspect, convert,'],
    [['datasets'], '"datasets" is not a command; known are: datasets list, datasets add,'],
    [['datasets', 'burn'], '"datasets burn" is not a command; known are: datasets list,'],
    [['--epochs', '3'], '"--epochs" is not a command'],
    [['train'], 'spikedesk train needs <preset or experiment.json>'],
    [['train', 'fc-leaky-9'], '"fc-leaky-9" is neither a preset nor a file'],
    [['train', 'fc-leaky-100', '--steps', '0'], '--steps takes a whole number from 1 to 10000, not "0".'],
    [['train', 'fc-leaky-100', '--resume', 'x'], '--resume cannot be given together with "fc-leaky-100".'],
    [['train', '--resume', 'x', '--lr', '1'], '--resume cannot be given together with --lr.'],
    [
      ['bench', '--workload', 'W1'],
      '--workload takes one of fc-leaky-100, fc-leaky-1000, linear-lif-poisson, csnn-if',
    ],
    [['serve', '--port', '70000'], '--port takes a whole number from 0 to 65535, not "70000".'],
    [['help', 'nothing'], '"nothing" is not a command'],
  ])('%j is one sentence on stderr and exit code 2', async (words, beginning) => {
    const { code, stdout, stderr } = await spikedesk(words)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr.startsWith(beginning), stderr).toBe(true)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('with --json is an error object on stdout as well', async () => {
    const { code, stderr, result } = await spikedesk(['train', 'fc-leaky-100', '--epochs', '0', '--json'])
    expect(code).toBe(2)
    expect(result()).toEqual({
      type: 'error',
      code: 'usage.badWholeNumber',
      data: { option: '--epochs', range: 'from 1 to 100000', found: '0' },
      message: stderr.trimEnd(),
    })
  })
})

describe('presets', () => {
  it('lists the benchmark workloads, with their documents as JSON', async () => {
    const { code, result } = await spikedesk(['presets', '--json'])
    expect(code).toBe(0)
    expect(result()).toMatchObject({
      type: 'result',
      presets: [
        { id: 'fc-leaky-100', experiment: { timeSteps: 25 } },
        { id: 'fc-leaky-1000' },
        { id: 'linear-lif-poisson' },
        { id: 'csnn-if' },
        { id: 'events-cnn' },
        { id: 'events-resnet' },
      ],
    })
    expect((await spikedesk(['presets'])).stdout).toContain('784-1000-10 Leaky')
  })
})

describe('--version', () => {
  it('prints the version of the package', async () => {
    expect((await spikedesk(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
