import type { StepMemory } from '../../src-shared/contract.ts'
import type { EngineId } from '../../src-shared/experiment.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { findBackend } from './backends/index.ts'
import type { Program } from './program.ts'

/** Bytes of the parameters and of what the optimizer keeps, out of the engine. */
function copyBytes({ values }: Program): number {
  return values
    .filter(({ role }) => role === 'parameter' || role === 'optimizerState')
    .reduce((sum, { shape }) => sum + 4 * elementCount(shape), 0)
}

/** Bytes of all parts together. */
export function totalBytes(memory: StepMemory): number {
  return Object.values(memory).reduce((sum: number, bytes: number) => sum + bytes, 0)
}

/**
 * What training a program on an engine takes besides its samples; of an engine that is not to be had here what the reference engine
 * would take.
 *
 * @param threads 0 takes all cores
 * @throws SpikedeskError `engine.unknown`, `engine.layer` where the engine cannot run a layer
 */
export function stepMemory(engine: EngineId, program: Program, threads: number): StepMemory {
  const backend = findBackend(engine)
  const { memory } = backend.unavailable() === null ? backend : findBackend('reference')
  return { ...memory(program, threads), copy: copyBytes(program) }
}
