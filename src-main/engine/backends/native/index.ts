import { availableParallelism } from 'node:os'
import { SpikedeskError, type Phrase } from '../../../../src-shared/errors/index.ts'
import type { Backend } from '../../executor.ts'
import type { Program } from '../../program.ts'
import { instructionSet, loadAddon } from './addon.ts'
import { NativeExecutor } from './executor.ts'

function describe(threads: number): string {
  const count = threads === 0 ? availableParallelism() : threads
  return `${instructionSet()}, ${count} ${count === 1 ? 'thread' : 'threads'}`
}

/**
 * What the C++ engine has no kernel for.
 *
 * @throws SpikedeskError `engine.layer`
 */
function refuseUnknown(program: Program): void {
  const spread = (id: string) => (program.values.find((value) => value.id === id)?.shape ?? []).slice(1)
  const last = program.forward.findLast((op) => op.op === 'neuron')
  const kernel = last?.parameters['recurrent.weight']
  // The loss reads features; neurons that hear each other by a convolution stay maps.
  if (!last || kernel === undefined || spread(kernel).length < 2) return
  if (!spread(last.input).some((size) => size > 1)) return
  const reason: Phrase = { phrase: 'reason.lastMaps' }
  throw new SpikedeskError('engine.layer', { engine: 'native', layer: last.layer, reason })
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
  create(program, threads) {
    refuseUnknown(program)
    return new NativeExecutor(program, threads, describe)
  },
}
