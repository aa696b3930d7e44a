import { availableParallelism } from 'node:os'
import { SpikedeskError, type Phrase } from '../../../../src-shared/errors/index.ts'
import type { Backend } from '../../executor.ts'
import type { ForwardOp, Program } from '../../program.ts'
import { instructionSet, loadAddon } from './addon.ts'
import { NativeExecutor } from './executor.ts'

function describe(threads: number): string {
  const count = threads === 0 ? availableParallelism() : threads
  return `${instructionSet()}, ${count} ${count === 1 ? 'thread' : 'threads'}`
}

/** Why the C++ engine cannot run an op; null where it can. */
function missing(op: ForwardOp): Phrase | null {
  if (op.op === 'convolution' && op.groups > 1) return { phrase: 'reason.convolutionGroups' }
  return null
}

/** @throws SpikedeskError `engine.layer` */
function refuseUnknown(program: Program): void {
  for (const op of program.forward) {
    const reason = missing(op)
    if (reason !== null && 'layer' in op) {
      throw new SpikedeskError('engine.layer', { engine: 'native', layer: op.layer, reason })
    }
  }
}

/** The engine in C++ (`src-native`): every program that is a chain of layers. */
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
  hardware: () => ({ device: instructionSet(), threads: availableParallelism() }),
  create(program, threads) {
    refuseUnknown(program)
    return new NativeExecutor(program, threads, describe)
  },
}
