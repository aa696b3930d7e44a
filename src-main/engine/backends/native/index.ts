import { availableParallelism } from 'node:os'
import { SpikedeskError } from '../../../../src-shared/errors/index.ts'
import type { Backend } from '../../executor.ts'
import type { ForwardOp, Program } from '../../program.ts'
import { instructionSet, loadAddon } from './addon.ts'
import { NativeExecutor } from './executor.ts'

function describe(threads: number): string {
  const count = threads === 0 ? availableParallelism() : threads
  return `${instructionSet()}, ${count} ${count === 1 ? 'thread' : 'threads'}`
}

/** Ops that have no kernel yet, and what to call them in a sentence. */
const missing: Partial<Record<ForwardOp['op'], string>> = {
  convolution: 'it has no kernel for convolutions yet',
  pool: 'it has no kernel for pooling yet',
  batchNorm: 'it has no kernel for batch normalisation yet',
}

/** @throws SpikedeskError `engine.layer` */
function refuseUnknown(program: Program): void {
  for (const op of program.forward) {
    const reason = missing[op.op]
    if (reason !== undefined && 'layer' in op) {
      throw new SpikedeskError('engine.layer', { engine: 'native', layer: op.layer, reason })
    }
  }
}

/** The engine in C++ (`src-native`): every program that is a chain of linear and neuron layers. */
export const nativeBackend: Backend = {
  id: 'native',
  unavailable() {
    try {
      loadAddon().instructionSet()
      return null
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  },
  device: describe,
  create(program, threads) {
    refuseUnknown(program)
    return new NativeExecutor(program, threads, describe)
  },
}
