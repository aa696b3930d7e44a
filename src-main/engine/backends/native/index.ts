import { availableParallelism } from 'node:os'
import type { Backend } from '../../executor.ts'
import { instructionSet, loadAddon } from './addon.ts'
import { inputLevels, NativeExecutor } from './executor.ts'
import { refusalOf } from './refusal.ts'

function describe(threads: number): string {
  const count = threads === 0 ? availableParallelism() : threads
  return `${instructionSet()}, ${count} ${count === 1 ? 'thread' : 'threads'}`
}

/** What the engine refuses, with the name of the layer. */
function named<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw refusalOf(error) ?? error
  }
}

/** The engine in C++ (`src-native`). */
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
  /** @throws SpikedeskError `engine.layer` where it has no kernel for a layer, or the program does not hold together */
  create: (program, threads) => named(() => new NativeExecutor(program, threads, describe)),
  /** @throws what `create` throws */
  memory: (program, threads) => named(() => loadAddon().planBytes(program, threads, inputLevels(program))),
}
