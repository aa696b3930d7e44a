import { availableParallelism } from 'node:os'
import type { Backend } from '../../executor.ts'
import { instructionSet, loadAddon } from './addon.ts'
import { inputLevels, NativeExecutor } from './executor.ts'
import { withReasons } from './refusal.ts'

function describe(threads: number): string {
  const count = threads === 0 ? availableParallelism() : threads
  return `${instructionSet()}, ${count} ${count === 1 ? 'thread' : 'threads'}`
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
  /**
   * @throws SpikedeskError `engine.layer` where it has no kernel for a layer, or the program does not hold together;
   *   `engine.noMemory` and `engine.noThreads` where the system does not give them
   */
  create: (program, threads) =>
    withReasons(threads, () => {
      const network = new (loadAddon().Network)(program, threads, inputLevels(program))
      return new NativeExecutor(program, network, describe)
    }),
  /** @throws what `create` throws */
  memory: (program, threads) =>
    withReasons(threads, () => loadAddon().planBytes(program, threads, inputLevels(program))),
}
