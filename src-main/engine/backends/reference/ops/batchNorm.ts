import type { BatchNormOp } from '../../../mapOps.ts'
import type { Memory } from '../memory.ts'
import { eachElement, rowGroups, statisticsOf, type Statistics } from './batchStatistics.ts'

/** Which statistics normalise: the batch's, also moving the running ones, or the running ones. */
export type NormMode = 'batch' | 'batchAndMove' | 'running'

/**
 * Running statistics after a training step. A static input stands for T equal steps: together they are T times
 * as many samples, one by one they move the statistics T times.
 */
function move(op: BatchNormOp, memory: Memory, { mean, variance, count }: Statistics): void {
  const runningMean = memory.tensor(op.runningMean)
  const runningVariance = memory.tensor(op.runningVariance)
  const isStatic = memory.value(op.input).time === 'static'
  if (isStatic && memory.stretch.index > 0) return
  const repeated = isStatic ? memory.allSteps : 1
  const samples = op.statistics === 'sequence' ? count * repeated : count
  const unbiased = samples > 1 ? samples / (samples - 1) : 1
  for (let times = op.statistics === 'sequence' ? 1 : repeated; times > 0; times--) {
    for (let c = 0; c < mean.length; c++) {
      runningMean[c] += op.momentum * (mean[c] - runningMean[c])
      runningVariance[c] += op.momentum * (variance[c] * unbiased - runningVariance[c])
    }
  }
}

/** torch's batch normalisation of the first axis. */
export function batchNorm(op: BatchNormOp, memory: Memory, mode: NormMode): void {
  const input = memory.tensor(op.input)
  const output = memory.tensor(op.output)
  const weight = memory.optional(op.weight)
  const bias = memory.optional(op.bias)
  const { shape } = memory.value(op.output)
  const running = {
    mean: Float64Array.from(memory.tensor(op.runningMean)),
    variance: Float64Array.from(memory.tensor(op.runningVariance)),
  }
  for (const rows of rowGroups(op, memory)) {
    const batch = mode === 'running' ? null : statisticsOf(op.input, shape, rows, memory)
    const { mean, variance } = batch ?? running
    const scale = variance.map((v, c) => (weight ? weight[c] : 1) / Math.sqrt(v + op.epsilon))
    eachElement(rows, shape, memory.width(op.input), (at, c) => {
      output[at] = (input[at] - mean[c]) * scale[c] + (bias ? bias[c] : 0)
    })
    if (batch && mode === 'batchAndMove') move(op, memory, batch)
  }
}
