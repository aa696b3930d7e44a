import { losses } from '../../../losses/index.ts'
import type { LossOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'

/** What the output layer says of a batch. */
export interface Readout {
  /** Spikes summed over the steps, `[B,C]`. */
  counts: Float32Array
  /** Class with the most spikes of each sample; the first of equals. */
  predictions: Int32Array
}

/** The loss of the batch; its gradient goes to the op's gradient value. */
export function loss(op: LossOp, memory: Memory, labels: Uint8Array): number {
  const extents = { timeSteps: memory.timeSteps, batch: memory.batch, classes: memory.width(op.input) }
  return losses[op.loss].evaluate(memory.tensor(op.input), labels, extents, memory.tensor(op.gradient))
}

export function readout(op: LossOp, memory: Memory): Readout {
  const spikes = memory.tensor(op.spikes)
  const classes = memory.width(op.spikes)
  const counts = new Float32Array(memory.batch * classes)
  for (let i = 0; i < spikes.length; i++) counts[i % counts.length] += spikes[i]
  const predictions = Int32Array.from({ length: memory.batch }, (_, b) => {
    const row = counts.subarray(b * classes, (b + 1) * classes)
    return row.indexOf(row.reduce((most, count) => Math.max(most, count)))
  })
  return { counts, predictions }
}
