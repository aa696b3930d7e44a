import type { EvaluationResult } from '../../src-shared/contract.ts'
import type { BatchResult, Executor, Split } from '../engine/executor.ts'
import { wholeSplit, type BatchSource } from './source.ts'

/** Adds up the results of a split's batches, which come in file order. */
export class Evaluation {
  readonly #labels: Uint8Array
  readonly #confusion: number[][]
  #correct = 0
  #lossSum = 0
  #seen = 0

  constructor({ classes, ...splits }: BatchSource, split: Split) {
    this.#labels = splits[split].labels
    this.#confusion = classes.map(() => classes.map(() => 0))
  }

  add({ correct, loss, predictions }: BatchResult): void {
    for (const prediction of predictions) this.#confusion[this.#labels[this.#seen++]][prediction]++
    this.#correct += correct
    this.#lossSum += loss * predictions.length
  }

  /** The loss is the mean over samples. */
  result(): EvaluationResult {
    const total = this.#seen
    return {
      correct: this.#correct,
      total,
      accuracy: this.#correct / total,
      loss: this.#lossSum / total,
      confusion: this.#confusion,
    }
  }
}

/** Hears the result of every batch, in file order, before the next one is made; what it throws ends the evaluation. */
export type HearBatch = (result: BatchResult) => void | Promise<void>

/** Evaluates a split batch by batch, in file order, with the test streams of the encoders. */
export async function evaluateSplit(
  executor: Executor,
  source: BatchSource,
  split: Split,
  hear?: HearBatch,
): Promise<EvaluationResult> {
  const { batchSize } = executor.program
  const stream = source.open(wholeSplit(source, split, batchSize))
  const evaluation = new Evaluation(source, split)
  for (let first = 0; first < source[split].count; first += batchSize) {
    const { batch } = await stream.next()
    const result = executor.evaluate(batch)
    evaluation.add(result)
    await hear?.(result)
  }
  return evaluation.result()
}
