import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { findBackend } from '../../../src-main/engine/backends/index.ts'
import { startRun } from '../../../src-main/runs/runJob.ts'
import { uniformStream } from '../../random/uniformStream.ts'
import type { EngineId } from '../../../src-shared/experiment.ts'
import { deaf, inWorkspace, scratchFolder, tinyExperiment, writeTinyDataset } from './tinyRun.ts'

const folder = scratchFolder()
const script = fileURLToPath(new URL('trainer.ts', import.meta.url))
const run = /\d{4}-\d\d-\d\d-\d{3}/

/** Work for about a second, so that a kill falls anywhere in it. */
const workloads: { engine: EngineId; timeSteps: number; hidden: number }[] = [
  { engine: 'reference', timeSteps: 12, hidden: 12 },
  { engine: 'native', timeSteps: 60, hidden: 200 },
]

interface End {
  signal: NodeJS.Signals | null
  code: number | null
  run: string | null
}

/** Runs the trainer; kills it with SIGKILL `delay` ms after it has written down step `step`. */
function train(
  workspace: string,
  args: string[],
  kill: { step: number; delay: number } | null,
): Promise<End> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, workspace, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    let timer: NodeJS.Timeout | null = null
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const step = Math.max(0, ...[...output.matchAll(/step (\d+)/g)].map(([, digits]) => Number(digits)))
      if (kill && !timer && step >= kill.step) timer = setTimeout(() => child.kill('SIGKILL'), kill.delay)
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (timer) clearTimeout(timer)
      resolve({ code, signal, run: run.exec(output)?.[0] ?? null })
    })
  })
}

function experimentOf({ engine, timeSteps, hidden }: (typeof workloads)[number], threads: number) {
  const experiment = tinyExperiment(join(folder, 'rows'), { engine, timeSteps, threads })
  experiment.model.layers[1].params.outputs = hidden
  return experiment
}

beforeAll(() => {
  writeTinyDataset(join(folder, 'rows'), 3000, 40)
})

describe.each(workloads)('a run on the $engine engine, killed by SIGKILL', (workload) => {
  const reason = findBackend(workload.engine).unavailable()
  let finalCheckpoint: Buffer
  let losses: Float32Array

  beforeAll(async () => {
    if (reason !== null) return
    await inWorkspace(join(folder, workload.engine), async (workspace) => {
      const job = await startRun(workspace, experimentOf(workload, 1), deaf)
      const summary = await job.finished
      finalCheckpoint = readFileSync(summary.checkpoint ?? '')
      losses = workspace.store.history(job.id).losses
    })
  })

  it.skipIf(reason !== null).each([1, 2])(
    'resumes bit for bit on two threads, series %i',
    async (series) => {
      const draw = uniformStream(series)
      const kill = (part: number) => ({ step: Math.floor(draw() * losses.length * part), delay: draw() * 40 })
      const workspaceFolder = join(folder, `${workload.engine}-${series}`)
      const experiment = JSON.stringify(experimentOf(workload, 2))
      let end = await train(workspaceFolder, ['start', experiment], kill(0.5))
      const id = end.run ?? readdirSync(join(workspaceFolder, 'runs'))[0]
      let kills = 0
      while (end.signal === 'SIGKILL' && kills < 3) {
        kills++
        const through = await inWorkspace(workspaceFolder, async ({ store }) => {
          const { state, endedAt } = store.summary(id)
          const { losses: kept } = store.history(id)
          expect(kept).toEqual(losses.subarray(0, kept.length))
          // The signal may come when the run is written down as done and its process still ends.
          if (state === 'done') return true
          expect(state).toBe('interrupted')
          expect(endedAt).not.toBeNull()
          return false
        })
        if (through) break
        end = await train(workspaceFolder, ['continue', id, '3'], kills < 3 ? kill(1) : null)
      }
      expect(kills).toBeGreaterThan(0)
      if (end.signal === null) expect(end.code).toBe(0)
      await inWorkspace(workspaceFolder, async ({ store }) => {
        const summary = store.summary(id)
        expect(summary.state).toBe('done')
        expect(readFileSync(summary.checkpoint ?? '').equals(finalCheckpoint)).toBe(true)
        expect(store.history(id).losses).toEqual(losses)
        expect(store.history(id).epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
      })
      const left = readdirSync(join(workspaceFolder, 'runs', id, 'checkpoints'))
      expect(left.filter((name) => !name.startsWith('epoch-') && !name.endsWith('.part'))).toEqual([])
    },
    120_000,
  )
})
