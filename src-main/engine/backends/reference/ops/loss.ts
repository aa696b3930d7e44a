import { losses } from '../../../losses/index.ts'
import type { LossExtents } from '../../../losses/lossDefinition.ts'
import { predictClasses } from '../../../losses/readout.ts'
import type { LossOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'

/** What the output layer says of a batch. */
export interface Readout {
  /** Spikes summed over the steps, `[B,outputs]`. */
  counts: Float32Array
  /** Class of each sample, as the loss's readout says. */
  predictions: Int32Array
}

function extentsOf(op: LossOp, memory: Memory): LossExtents {
  return { timeSteps: memory.allSteps, batch: memory.batch, outputs: memory.width(op.input) }
}

/** The loss of the batch; its gradient goes to the op's gradient value. */
export function loss(op: LossOp, memory: Memory, labels: Uint8Array): number {
  const { evaluate } = losses[op.loss]
  return evaluate(op, memory.tensor(op.input), labels, extentsOf(op, memory), memory.tensor(op.gradient))
}

export function readout(op: LossOp, memory: Memory): Readout {
  const spikes = memory.tensor(op.spikes)
  const counts = new Float32Array(memory.batch * memory.width(op.spikes))
  for (let i = 0; i < spikes.length; i++) counts[i % counts.length] += spikes[i]
  return { counts, predictions: predictClasses(op, spikes, extentsOf(op, memory)) }
}
