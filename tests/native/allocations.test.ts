import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { presets } from '../../src-shared/model/presets.ts'
import type { AllocationAnswer, AllocationTask } from './allocations/probe.ts'

const root = join(import.meta.dirname, '../..')
const node = join(root, 'node_modules/.bin/node')
const compiler = process.env.CXX ?? 'g++'
const folder = mkdtempSync(join(tmpdir(), 'spikedesk-allocations-'))
const counter = join(folder, 'counter.node')

/** Why allocations cannot be counted here; null where they can. */
function obstacle(): string | null {
  if (process.platform !== 'linux') return 'the counter stands before malloc as Linux allows it'
  const unavailable = nativeBackend.unavailable()
  if (unavailable !== null) return `the native engine is not to be had: ${unavailable}`
  const source = join(import.meta.dirname, 'allocations/counter.cc')
  const headers = join(root, 'src-native/build-headers/include/node')
  const flags = ['-std=c++20', '-O1', '-shared', '-fPIC', `-I${headers}`, source, '-ldl', '-o', counter]
  const { status, error, stderr } = spawnSync(compiler, flags, { encoding: 'utf8' })
  if (error) return `there is no compiler ${compiler}`
  if (status !== 0) throw new Error(`the counter does not compile: ${stderr}`)
  return null
}

function count(task: Omit<AllocationTask, 'counter'>): AllocationAnswer {
  const probe = join(import.meta.dirname, 'allocations/probe.ts')
  const { status, stdout, stderr } = spawnSync(node, [probe, JSON.stringify({ ...task, counter })], {
    env: { ...process.env, LD_PRELOAD: counter },
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout) as AllocationAnswer
}

const tasks = [
  ...presets.flatMap(({ id }) => [1, 2].map((threads) => ({ workload: id, threads, recompute: false }))),
  { workload: 'csnn-if', threads: 2, recompute: true },
]

describe('the heap in a step of the native engine', () => {
  const reason = obstacle()
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.for(tasks)(
    'is not touched once $workload has run on $threads threads, recompute $recompute',
    { timeout: 120_000 },
    (task, context) => {
      if (reason !== null) return context.skip(reason)
      const { creation, ...steps } = count(task)
      // Else the counter would not count.
      expect(creation).toBeGreaterThan(10)
      expect(steps).toEqual({ training: 0, inTurn: 0, inference: 0 })
    },
  )
})
