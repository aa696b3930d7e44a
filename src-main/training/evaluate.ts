import type { EvaluationResult } from '../../src-shared/contract.ts'
import type { ImageDataset } from '../datasets/dataset.ts'
import type { BatchResult, Executor, Split } from '../engine/executor.ts'
import { batchIndices } from './batches.ts'

function addToConfusion(
  confusion: number[][],
  labels: Uint8Array,
  first: number,
  predictions: Int32Array,
): void {
  for (let i = 0; i < predictions.length; i++) confusion[labels[first + i]][predictions[i]]++
}

/**
 * Evaluates a bound split batch by batch, in file order, with the test streams of the encoders; yields after
 * each batch so that a caller may do something else in between. The loss is the mean over samples.
 */
export function* evaluateInBatches(
  executor: Executor,
  dataset: ImageDataset,
  split: Split,
): Generator<BatchResult, EvaluationResult> {
  const { count, labels } = dataset[split]
  const { batchSize } = executor.program
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  const confusion = dataset.classes.map(() => dataset.classes.map(() => 0))
  let correct = 0
  let lossSum = 0
  for (let index = 0; index * batchSize < count; index++) {
    const indices = batchIndices(order, batchSize, index)
    const result = executor.evaluate({ kind: 'samples', split, indices, epoch: 0 })
    correct += result.correct
    lossSum += result.loss * indices.length
    addToConfusion(confusion, labels, index * batchSize, result.predictions)
    yield result
  }
  return { correct, total: count, accuracy: correct / count, loss: lossSum / count, confusion }
}

/** Evaluates a bound split at once; see `evaluateInBatches`. */
export function evaluateSplit(executor: Executor, dataset: ImageDataset, split: Split): EvaluationResult {
  const steps = evaluateInBatches(executor, dataset, split)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
