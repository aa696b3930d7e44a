import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { MemoryAnswer, MemoryTask } from './memoryProbe.ts'

const probe = join(import.meta.dirname, 'memoryProbe.ts')
const node = join(import.meta.dirname, '../../node_modules/.bin/node')
const mebibyte = 2 ** 20

function ask(task: MemoryTask): MemoryAnswer {
  const { status, stdout, stderr } = spawnSync(node, ['--expose-gc', probe, JSON.stringify(task)], {
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout) as MemoryAnswer
}

const native = { engine: 'native', threads: 2 } as const

/** So large that what Node itself takes does not count. */
const tasks: MemoryTask[] = [
  { ...native, workload: 'fc-leaky-100', timeSteps: 10, batchSize: 16384 },
  { ...native, workload: 'fc-leaky-1000', timeSteps: 10, batchSize: 8192 },
  { ...native, workload: 'csnn-if', timeSteps: 6, batchSize: 128 },
  { ...native, workload: 'csnn-if', timeSteps: 2, batchSize: 256, threads: 1 },
  { ...native, workload: 'csnn-if', timeSteps: 6, batchSize: 128, recompute: true },
  { ...native, workload: 'events-cnn', timeSteps: 400, batchSize: 3 },
  { ...native, workload: 'fc-leaky-1000', timeSteps: 10, batchSize: 8192, stretch: 3 },
  { ...native, workload: 'fc-leaky-1000', timeSteps: 1000, batchSize: 1024, stretch: 90 },
  { ...native, workload: 'events-cnn', timeSteps: 200, batchSize: 192, stretch: 50 },
  { engine: 'reference', threads: 1, workload: 'fc-leaky-100', timeSteps: 60, batchSize: 1000 },
  { engine: 'reference', threads: 1, workload: 'fc-leaky-100', timeSteps: 24, batchSize: 3800, stretch: 6 },
]

test.runIf(process.platform === 'linux').each(tasks)(
  'the peak of $workload on $engine, T $timeSteps, B $batchSize, stretch $stretch, is what was planned',
  { timeout: 120_000 },
  (task) => {
    const { planned, measured } = ask(task)
    expect(planned).toBeGreaterThan(70 * mebibyte)
    expect(measured / planned).toBeGreaterThan(0.9)
    expect(measured / planned).toBeLessThan(1.1)
  },
)
