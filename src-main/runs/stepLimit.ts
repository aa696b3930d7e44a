import { totalmem } from 'node:os'
import { fromErrorMessage, type ErrorMessage } from '../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
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

/** What is wrong with a step that needs more than it may take, in bytes; null where it fits. */
export function limitProblem(needed: number, limitBytes: number): ErrorMessage | null {
  if (needed <= limitBytes) return null
  const data = { needed: Math.ceil(needed / mebibyte), limit: Math.floor(limitBytes / mebibyte) }
  return { code: 'engine.memory', data }
}

/**
 * Throws `engine.memory` where training an experiment would take more than it may; nothing has been allocated yet.
 *
 * @param program that of the experiment
 */
export function requireStepFits(
  { engine, threads }: ExperimentDocument,
  program: Program,
  limitBytes: number,
): void {
  const problem = limitProblem(totalBytes(stepMemory(engine, program, threads)), limitBytes)
  if (problem) throw fromErrorMessage(problem)
}
