import { describe, expect, it } from 'vitest'
import { backends, findBackend } from '../../../src-main/engine/backends/index.ts'
import { defaultLoss } from '../../../src-shared/lossTables.ts'
import { expectClose, run } from './comparedRuns.ts'
import { layer, network } from './fixtures.ts'
import type { MapCase } from './randomMaps.ts'

interface Grouping {
  channels: number
  outputs: number
  groups: number
}

/** Blocks of 16 channels that a group fills, shares, straddles, or is one channel of. */
const groupings: Record<string, Grouping> = {
  'groups of whole blocks': { channels: 64, outputs: 32, groups: 2 },
  'groups that share a block': { channels: 12, outputs: 18, groups: 3 },
  'groups across the edges of blocks': { channels: 36, outputs: 54, groups: 3 },
  'more outputs than inputs': { channels: 20, outputs: 100, groups: 20 },
  'more inputs than outputs': { channels: 100, outputs: 20, groups: 20 },
  'one channel a group': { channels: 50, outputs: 50, groups: 50 },
  'one group': { channels: 33, outputs: 34, groups: 1 },
}

const ways = [
  { way: 'of values, sample by sample', before: [], norm: false, axes: 2 },
  { way: 'of values, the batch together', before: [], norm: true, axes: 2 },
  {
    way: 'of spikes, sample by sample',
    before: [layer('n0', 'if', { threshold: 0.4 })],
    norm: false,
    axes: 2,
  },
  {
    way: 'of spikes, the batch together',
    before: [layer('n0', 'if', { threshold: 0.4 })],
    norm: true,
    axes: 2,
  },
  { way: 'of rows', before: [], norm: false, axes: 1 },
]

function caseOf(
  { channels, outputs, groups }: Grouping,
  { before, norm, axes }: (typeof ways)[number],
): MapCase {
  const layers = [
    ...before,
    layer('conv', `conv${axes}d`, { outputs, groups, kernel: 3, padding: 1, stride: 2 }),
    ...(norm ? [layer('norm', `batchnorm${axes}d`)] : []),
    layer('n1', 'if', { threshold: 0.3 }),
    layer('flat', 'flatten'),
    layer('fc', 'linear', { outputs: 4 }),
    layer('last', 'lif', { threshold: 0.3 }),
  ]
  const spec = network(layers, axes === 2 ? [channels, 5, 6] : [channels, 9], {
    timeSteps: 4,
    batchSize: 5,
    encoding: { kind: 'given', static: false },
    loss: defaultLoss('mse_rate'),
    optimizer: { kind: 'sgd', params: { learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 0 } },
    inputGradient: true,
  })
  return { spec, samples: 5 }
}

const others = backends.filter(({ id }) => id !== 'reference')

describe.each(others)('$id on convolutions in groups', (backend) => {
  const test = backend.unavailable() === null ? it : it.skip

  describe.each(ways)('$way', (way) => {
    test.each(Object.entries(groupings))('agrees with the reference on %s', (_, grouping) => {
      const given = caseOf(grouping, way)
      const [found, wanted] = [run(backend, given, 1), run(findBackend('reference'), given, 1)]
      expect(found.before.map(({ spikes }) => spikes)).toEqual(wanted.before.map(({ spikes }) => spikes))
      expectClose(found.gradients, wanted.gradients)
      expectClose(found.state.parameters, wanted.state.parameters)
      expect(run(backend, given, 3)).toEqual(found)
    })
  })
})
