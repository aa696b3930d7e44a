import { availableParallelism } from 'node:os'
import type { Backend } from '../../executor.ts'
import { instructionSet, loadAddon } from './addon.ts'
import { NativeExecutor } from './executor.ts'

function describe(threads: number): string {
  const count = threads === 0 ? availableParallelism() : threads
  return `${instructionSet()}, ${count} ${count === 1 ? 'thread' : 'threads'}`
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
  create: (program, threads) => new NativeExecutor(program, threads, describe),
}
