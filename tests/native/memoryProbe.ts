import { readFileSync, writeFileSync } from 'node:fs'
import type { EngineId } from '../../src-shared/experiment.ts'
import { createExecutor } from '../../src-main/engine/backends/index.ts'
import { stepMemory, totalBytes } from '../../src-main/engine/stepMemory.ts'
import { batchOf, workloadProgram } from './workloadBatch.ts'

/** What the probe is told on its command line, and what it prints. */
export interface MemoryTask {
  workload: string
  engine: EngineId
  timeSteps: number
  batchSize: number
  threads: number
  recompute?: boolean
  /** Steps that are kept together; left out: all. */
  stretch?: number
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

function train(task: MemoryTask): MemoryAnswer {
  const { timeSteps, batchSize, recompute = false, stretch = 0 } = task
  const program = { ...workloadProgram(task.workload), timeSteps, batchSize, recompute, stretch }
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
