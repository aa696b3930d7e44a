import { totalmem } from 'node:os'
import type { StepMemory } from '../../src-shared/contract.ts'
import { fromErrorMessage, type ErrorMessage } from '../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { compileExperiment } from '../engine/compile.ts'
import type { Program } from '../engine/program.ts'
import { stepMemory, totalBytes } from '../engine/stepMemory.ts'

const mebibyte = 2 ** 20
/** The rest is left to the samples, the workbench and other programs. */
const shareOfMachine = 0.75

/** Bytes of memory that this process may use at most: those of the machine, or of the container that it is in. */
function machineBytes(): number {
  const constrained = process.constrainedMemory()
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
}

/** Bytes that training may take, of a setting in MiB; 0 is three quarters of the machine. */
export function limitBytesOf(stepMemoryMiB: number): number {
  return stepMemoryMiB > 0 ? stepMemoryMiB * mebibyte : Math.floor(shareOfMachine * machineBytes())
}

/** A program with what training it takes, and what is wrong with that. */
export interface FittedProgram {
  program: Program
  memory: StepMemory
  bytes: number
  /** `engine.memory` or `engine.memoryRecompute`; null where it fits. */
  problem: ErrorMessage | null
}

function measured(experiment: ExperimentDocument, program: Program) {
  const memory = stepMemory(experiment.engine, program, experiment.threads)
  return { program, memory, bytes: totalBytes(memory) }
}

/**
 * Compiles an experiment so that training takes at most so many bytes, where it may: it recomputes if it must and
 * the experiment leaves that open. Nothing is allocated.
 *
 * @throws SpikedeskError what compiling throws
 */
export function fitProgram(experiment: ExperimentDocument, limitBytes: number): FittedProgram {
  const kept = measured(experiment, compileExperiment(experiment))
  if (kept.bytes <= limitBytes) return { ...kept, problem: null }
  const least = kept.program.recompute ? kept : measured(experiment, { ...kept.program, recompute: true })
  const fits = least.bytes <= limitBytes
  if (fits && experiment.recompute === 'automatic') return { ...least, problem: null }
  const mebibytes = {
    needed: Math.ceil((experiment.recompute === 'automatic' ? least : kept).bytes / mebibyte),
    limit: Math.floor(limitBytes / mebibyte),
  }
  const problem: ErrorMessage = fits
    ? { code: 'engine.memoryRecompute', data: { ...mebibytes, least: Math.ceil(least.bytes / mebibyte) } }
    : { code: 'engine.memory', data: mebibytes }
  return { ...kept, problem }
}

/** As {@link fitProgram}; throws the problem where there is one. */
export function requireFitting(experiment: ExperimentDocument, limitBytes: number): FittedProgram {
  const fitted = fitProgram(experiment, limitBytes)
  if (fitted.problem) throw fromErrorMessage(fitted.problem)
  return fitted
}
