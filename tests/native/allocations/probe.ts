import { createRequire } from 'node:module'
import { createExecutor } from '../../../src-main/engine/backends/index.ts'
import type { Batch, Executor } from '../../../src-main/engine/executor.ts'
import { trainsInTurn } from '../../../src-main/training/stepPace.ts'
import { batchOf, workloadProgram } from '../workloadBatch.ts'

/** What the probe is told on its command line. */
export interface AllocationTask {
  /** The counter's library, which Node was started with. */
  counter: string
  workload: string
  threads: number
  recompute: boolean
}
/** What C++ of the engine took from the heap, counted in calls. */
export interface AllocationAnswer {
  creation: number
  training: number
  /** Of steps in turn; 0 where the workload's input is given. */
  inTurn: number
  inference: number
}

interface Counter {
  start(): void
  stop(): number
}

/** Three steps in one call, where the executor does them. */
function inTurnOf(executor: Executor, batch: Batch): () => void {
  if (batch.kind !== 'samples' || !trainsInTurn(executor)) return () => undefined
  const indices = Uint32Array.from([batch.indices, batch.indices, batch.indices].flatMap((each) => [...each]))
  const rates = Float64Array.of(0.001, 0.002, 0.003)
  return () => {
    executor.trainInTurn({ ...batch, indices }, rates)
  }
}

function measure(task: AllocationTask): AllocationAnswer {
  const counter = createRequire(import.meta.url)(task.counter) as Counter
  const counted = <Result>(work: () => Result): { calls: number; result: Result } => {
    counter.start()
    const result = work()
    return { calls: counter.stop(), result }
  }
  const program = { ...workloadProgram(task.workload), recompute: task.recompute }
  const { bind, batch } = batchOf(program)
  const { calls: creation, result: executor } = counted((): Executor => {
    return createExecutor('native', program, task.threads)
  })
  bind(executor)
  executor.train(batch)
  executor.evaluate(batch)
  const takeTurns = inTurnOf(executor, batch)
  takeTurns()
  const inTurn = counted(takeTurns).calls
  const three = [1, 2, 3]
  const training = counted(() => three.forEach(() => executor.train(batch))).calls
  const inference = counted(() => three.forEach(() => executor.evaluate(batch))).calls
  // One after the other, as in an epoch with validation.
  const mixed = counted(() => executor.train(batch)).calls
  executor.dispose()
  return { creation, training: training + mixed, inTurn, inference }
}

console.log(JSON.stringify(measure(JSON.parse(process.argv[2]) as AllocationTask)))
