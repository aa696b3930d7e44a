import type { BackwardOp, ForwardOp } from '../../program.ts'
import type { DrawKey } from './drawKey.ts'
import type { Memory } from './memory.ts'
import { accumulate } from './ops/accumulate.ts'
import { add, addBackward } from './ops/add.ts'
import { batchNorm, type NormMode } from './ops/batchNorm.ts'
import { batchNormBackward } from './ops/batchNormBackward.ts'
import { concat, concatBackward } from './ops/concat.ts'
import { convolution } from './ops/convolution.ts'
import { convolutionInputGradient } from './ops/convolutionInputGradient.ts'
import { convolutionWeightGradient } from './ops/convolutionWeightGradient.ts'
import { dropout, dropoutBackward } from './ops/dropout.ts'
import { gradedSpikes, gradedSpikesBackward } from './ops/gradedSpikes.ts'
import { linear } from './ops/linear.ts'
import { linearInputGradient } from './ops/linearInputGradient.ts'
import { linearWeightGradient } from './ops/linearWeightGradient.ts'
import { neuron } from './ops/neuron.ts'
import { neuronBackward } from './ops/neuronBackward.ts'
import { pool } from './ops/pool.ts'
import { poolBackward } from './ops/poolBackward.ts'

/** Runs an op of the way forward over the steps at work; the input is encoded elsewhere. */
export function runForward(op: ForwardOp, memory: Memory, mode: NormMode, key: DrawKey): void {
  if (op.op === 'linear') linear(op, memory)
  else if (op.op === 'neuron') neuron(op, memory)
  else if (op.op === 'gradedSpikes') gradedSpikes(op, memory)
  else if (op.op === 'convolution') convolution(op, memory)
  else if (op.op === 'pool') pool(op, memory)
  else if (op.op === 'add') add(op, memory)
  else if (op.op === 'concat') concat(op, memory)
  else if (op.op === 'dropout') dropout(op, memory, mode === 'running' ? null : key)
  else if (op.op === 'batchNorm') batchNorm(op, memory, mode)
}

/** Runs an op of the way back over the steps at work. */
export function runBackward(op: BackwardOp, memory: Memory, key: DrawKey): void {
  if (op.op === 'neuronBackward') neuronBackward(op, memory, key)
  else if (op.op === 'gradedSpikesBackward') gradedSpikesBackward(op, memory)
  else if (op.op === 'linearWeightGradient') linearWeightGradient(op, memory)
  else if (op.op === 'linearInputGradient') linearInputGradient(op, memory)
  else if (op.op === 'convolutionWeightGradient') convolutionWeightGradient(op, memory)
  else if (op.op === 'convolutionInputGradient') convolutionInputGradient(op, memory)
  else if (op.op === 'dropoutBackward') dropoutBackward(op, memory, key)
  else if (op.op === 'poolBackward') poolBackward(op, memory)
  else if (op.op === 'addBackward') addBackward(op, memory)
  else if (op.op === 'concatBackward') concatBackward(op, memory)
  else if (op.op === 'accumulate') accumulate(op, memory)
  else batchNormBackward(op, memory)
}
