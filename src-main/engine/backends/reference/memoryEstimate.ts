import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import type { EngineMemory } from '../../executor.ts'
import type { Program, Value } from '../../program.ts'

const floatBytes = 4
/** What JavaScript lets grow of short-lived arrays before it collects them, as measured. */
const garbageBytes = 32 * 2 ** 20

/** Which part of a step's memory a value belongs to. */
function partOf({ role, format }: Value): keyof EngineMemory {
  if (role === 'parameter') return 'weights'
  if (role === 'optimizerState') return 'optimizer'
  if (role === 'gradient' || role === 'parameterGradient') return 'gradients'
  return format === 'spikes' ? 'spikes' : 'activations'
}

/** Bytes of a value as the reference engine keeps it: 32 bits a number, spikes too, for the largest batch. */
function bytesOf({ time, shape }: Value, { timeSteps, batchSize }: Program): number {
  const rows = time === 'none' ? 1 : (time === 'static' ? 1 : timeSteps) * batchSize
  return floatBytes * rows * elementCount(shape)
}

/** What the reference engine keeps of a program while it trains: every value whole, and the gradients that wait. */
export function referenceMemory(program: Program): EngineMemory {
  const memory = {
    ...{ activations: 0, spikes: 0, gradients: 0, weights: 0, optimizer: 0 },
    scratch: garbageBytes,
  }
  for (const value of program.values) memory[partOf(value)] += bytesOf(value, program)
  if (program.accumulation > 1) {
    for (const value of program.values.filter(({ role }) => role === 'parameterGradient')) {
      memory.optimizer += bytesOf(value, program)
    }
  }
  return memory
}
