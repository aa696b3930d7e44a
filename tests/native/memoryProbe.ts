import { readFileSync, writeFileSync } from 'node:fs'
import type { EngineId } from '../../src-shared/experiment.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { eventFrames } from '../../src-main/cli/bench/eventFrames.ts'
import { findWorkload } from '../../src-main/cli/bench/workloads.ts'
import { createExecutor } from '../../src-main/engine/backends/index.ts'
import { findValue, outputCount } from '../../src-main/engine/backends/checks.ts'
import type { Batch, Executor } from '../../src-main/engine/executor.ts'
import type { Program } from '../../src-main/engine/program.ts'
import { stepMemory, totalBytes } from '../../src-main/engine/stepMemory.ts'
import { noise } from '../main/engine/fixtures.ts'

/** What the probe is told on its command line, and what it prints. */
export interface MemoryTask {
  workload: string
  engine: EngineId
  timeSteps: number
  batchSize: number
  threads: number
  recompute?: boolean
}
export interface MemoryAnswer {
  planned: number
  measured: number
}

/** Kibibytes of a line of /proc/self/status. */
function status(name: string): number {
  const line = new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))
  return Number(line?.[1])
}

function batchOf(program: Program): { bind(executor: Executor): void; batch: Batch } {
  const { batchSize, timeSteps, seed } = program
  const classes = outputCount(program)
  const width = elementCount(findValue(program, 'input').shape)
  if (program.forward[0].op === 'encode' && program.forward[0].encoding === 'given') {
    const frames = { samples: batchSize, steps: timeSteps, width, density: 0.02, classes, seed, batch: 0 }
    return { bind: () => undefined, batch: eventFrames(frames) }
  }
  const images = noise(64, width, classes)
  const indices = Uint32Array.from({ length: batchSize }, (_, i) => i % 64)
  return {
    bind: (executor) => executor.bind('train', images),
    batch: { kind: 'samples', split: 'train', indices, epoch: 1 },
  }
}

function train(task: MemoryTask): MemoryAnswer {
  const workload = findWorkload(task.workload)
  if (!workload) throw new Error(`no workload ${task.workload}`)
  const { timeSteps, batchSize, recompute = false } = task
  const program = { ...workload.compile(), timeSteps, batchSize, recompute }
  const { bind, batch } = batchOf(program)
  const planned = totalBytes(stepMemory(task.engine, program, task.threads))
  globalThis.gc?.()
  // Sets the peak back to what is resident now.
  writeFileSync('/proc/self/clear_refs', '5')
  const before = status('VmRSS')
  const executor = createExecutor(task.engine, program, task.threads)
  bind(executor)
  for (let step = 0; step < 2; step++) executor.train(batch)
  executor.evaluate(batch)
  return { planned, measured: (status('VmHWM') - before) * 1024 }
}

console.log(JSON.stringify(train(JSON.parse(process.argv[2]) as MemoryTask)))
