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

/** Values that are feature maps of several places. */
function mapsOf(program: Program): Set<string> {
  const spread = (id: string) => (program.values.find((value) => value.id === id)?.shape ?? []).slice(1)
  const maps = new Set<string>()
  for (const op of program.forward) {
    const kernel = op.op === 'neuron' ? op.parameters['recurrent.weight'] : undefined
    const convolves = kernel !== undefined && spread(kernel).length > 1
    if (op.op === 'neuron' && (convolves || maps.has(op.input))) maps.add(op.spikes)
    if (op.op === 'gradedSpikes' && maps.has(op.input)) maps.add(op.output)
    const isMap = op.op === 'convolution' || op.op === 'pool' || op.op === 'batchNorm'
    if (isMap && spread(op.output).some((size) => size > 1)) maps.add(op.output)
  }
  return maps
}

/**
 * What the C++ engine has no kernel for.
 *
 * @throws SpikedeskError `engine.layer`
 */
function refuseUnknown(program: Program): void {
  const maps = mapsOf(program)
  for (const op of program.forward) {
    if (op.op === 'dropout') {
      const reason: Phrase = { phrase: 'reason.dropout' }
      throw new SpikedeskError('engine.layer', { engine: 'native', layer: op.layer, reason })
    }
    if (op.op !== 'neuron' || !maps.has(op.spikes)) continue
    const isLast = op.spikes === program.loss.spikes || maps.has(program.loss.spikes)
    if (!isLast) continue
    const reason: Phrase = { phrase: 'reason.lastMaps' }
    throw new SpikedeskError('engine.layer', { engine: 'native', layer: op.layer, reason })
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
