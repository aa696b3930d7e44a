import type { BatchResult, Executor, SampleBatch } from '../engine/executor.ts'
import type { Clock } from './stopwatch.ts'

/** How long is computed before messages are let in. */
const sliceMilliseconds = 10
/** Milliseconds that a step takes at least; less is more than the clock can tell. */
const shortestStep = 0.001
/** Steps in one call, at most: with more there is hardly less time between them. */
export const mostInTurn = 16

export type InTurnExecutor = Executor & Required<Pick<Executor, 'trainInTurn'>>

/** Whether an executor does several steps of its program in one call. */
export function trainsInTurn(executor: Executor): executor is InTurnExecutor {
  return executor.trainInTurn !== undefined && executor.program.accumulation === 1
}

/** Divides computing into slices, after which messages are let in, and says how many steps of training go in one call. */
export class StepPace {
  readonly #clock: Clock
  readonly #batchSize: number
  #sliceStart = 0
  /** Milliseconds of a step on a full batch as it was last measured; infinite before. */
  #stepTime = Infinity

  /** @param batchSize samples of a full batch */
  constructor(batchSize: number, clock: Clock) {
    this.#batchSize = batchSize
    this.#clock = clock
  }

  startSlice(): void {
    this.#sliceStart = this.#clock()
  }

  get sliceOver(): boolean {
    return this.#clock() - this.#sliceStart >= sliceMilliseconds
  }

  /** How many steps end the slice as soon as they would one by one: 1 to 16; 1 before the first was measured. */
  get steps(): number {
    const left = this.#sliceStart + sliceMilliseconds - this.#clock()
    return Math.max(1, Math.min(mostInTurn, Math.ceil(left / this.#stepTime)))
  }

  /** {@link Executor.trainInTurn}, measured. */
  train(executor: InTurnExecutor, batches: SampleBatch, learningRates: Float64Array): BatchResult[] {
    const start = this.#clock()
    const results = executor.trainInTurn(batches, learningRates)
    // By samples, so that a short last batch alone does not make full ones seem quick.
    const stepTime = ((this.#clock() - start) / batches.indices.length) * this.#batchSize
    this.#stepTime = Math.max(shortestStep, stepTime)
    return results
  }
}
