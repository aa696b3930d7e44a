import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { spikedesk } from '../main/cli/commandLine.ts'
import { goals, peakGflops } from './goals.ts'

/** Timed, so no part of `npm test`: `npm run test:speed` on a machine that does nothing else. */
describe.skipIf(availableParallelism() < 2)('training speed with two threads (needs two cores)', () => {
  it.each(goals)('of $workload', async ({ workload, imagesPerSecond }) => {
    const ended = await spikedesk(['bench', '--workload', workload, '--threads', '2', '--json'])
    expect(ended.code, ended.stderr).toBe(0)
    const line = ended.events().find(({ type, phase }) => type === 'measurement' && phase === 'train')
    const measured = line as { imagesPerSecond: { median: number }; peakGflops: number }
    const wanted = imagesPerSecond * (measured.peakGflops / peakGflops)
    console.log(
      `${workload}: ${measured.imagesPerSecond.median.toFixed(0)} images/s, wanted ${wanted.toFixed(0)}`,
    )
    expect(measured.imagesPerSecond.median).toBeGreaterThanOrEqual(wanted)
  })
})
