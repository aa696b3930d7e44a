import { availableParallelism, totalmem } from 'node:os'
import type { StepMemory } from '../../src-shared/contract.ts'
import { fromErrorMessage, type ErrorMessage } from '../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { compileExperiment } from '../engine/compile.ts'
import type { Program } from '../engine/program.ts'
import { stepMemory, totalBytes } from '../engine/stepMemory.ts'
import { longestStretch, needsAllSteps } from '../engine/stretches.ts'

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
  /** `engine.memory`, `engine.memoryStatistics`, `engine.memoryRecompute` or `engine.memoryGoingOn`; null where it fits. */
  problem: ErrorMessage | null
}

type Measured = Omit<FittedProgram, 'problem'>

function measured(experiment: ExperimentDocument, program: Program): Measured {
  const memory = stepMemory(experiment.engine, program, experiment.threads)
  return { program, memory, bytes: totalBytes(memory) }
}

/** The first of `from + 1` up to `to` for which `holds` does, where it does for all after it; at the latest `to`. */
function firstFrom(from: number, to: number, holds: (count: number) => boolean): number {
  while (to - from > 1) {
    const middle = (from + to) >> 1
    if (holds(middle)) to = middle
    else from = middle
  }
  return to
}

/**
 * A program whose steps go in as few stretches as fit; where no number of them does, about the one that takes the least.
 * More stretches take less, until what is kept between them outweighs them.
 */
function inStretches(experiment: ExperimentDocument, program: Program, limitBytes: number): Measured {
  const { timeSteps } = program
  const known = new Map<number, Measured>()
  const at = (count: number): Measured => {
    const stretch = Math.ceil(timeSteps / count)
    const found = known.get(stretch) ?? measured(experiment, { ...program, stretch })
    known.set(stretch, found)
    return found
  }
  const fits = (count: number) => at(count).bytes <= limitBytes
  let count = 2
  while (!fits(count) && count < timeSteps) {
    const next = Math.min(2 * count, timeSteps)
    if (at(next).bytes >= at(count).bytes) {
      const rises = (each: number) => fits(each) || at(Math.min(each + 1, next)).bytes >= at(each).bytes
      count = firstFrom(count >> 1, next, rises)
      break
    }
    count = next
  }
  return fits(count) ? at(firstFrom(1, count, fits)) : at(count)
}

/**
 * A program in the first way that fits: with everything kept, with currents made again, with its steps in stretches;
 * where none fits in the one that takes the least.
 */
function cheapest(experiment: ExperimentDocument, program: Program, limitBytes: number): Measured {
  const kept = measured(experiment, program)
  if (kept.bytes <= limitBytes) return kept
  const recomputed = program.recompute ? kept : measured(experiment, { ...program, recompute: true })
  if (recomputed.bytes <= limitBytes || program.timeSteps === 1 || needsAllSteps(program) !== null) {
    return recomputed
  }
  const divided = inStretches(experiment, recomputed.program, limitBytes)
  return divided.bytes < recomputed.bytes ? divided : recomputed
}

/**
 * What every thread takes decides where stretches of steps end, and with that how sums round: as many threads as this, or
 * fewer, come to the same.
 */
const alikeThreads = 4

/** As `cheapest`, alike for all small numbers of threads where that fits. */
function cheapestAlike(experiment: ExperimentDocument, program: Program, limitBytes: number): Measured {
  const threads = Math.max(alikeThreads, experiment.threads || availableParallelism())
  const alike = cheapest({ ...experiment, threads }, program, limitBytes)
  if (alike.bytes <= limitBytes) return measured(experiment, alike.program)
  return cheapest(experiment, program, limitBytes)
}

/** As the run has gone so far: with as many steps together, so that its sums round alike; only currents may be made again. */
function asBefore(experiment: ExperimentDocument, kept: Measured, limitBytes: number): FittedProgram {
  const remakes = kept.program.stretch > 0 || (kept.bytes > limitBytes && experiment.recompute !== 'never')
  const found = remakes ? measured(experiment, { ...kept.program, recompute: true }) : kept
  if (found.bytes <= limitBytes) return { ...found, problem: null }
  const data = {
    needed: Math.ceil(found.bytes / mebibyte),
    limit: Math.floor(limitBytes / mebibyte),
    steps: longestStretch(found.program),
  }
  return { ...found, problem: { code: 'engine.memoryGoingOn', data } }
}

/**
 * Compiles an experiment so that training takes at most so many bytes, where it may: it recomputes if it must and
 * the experiment leaves that open, first currents, and where that is not enough whole stretches of steps. Nothing is
 * allocated.
 *
 * @param stretch time steps that a run that goes on has kept together, 0 all of them; null where that may be chosen
 * @throws SpikedeskError what compiling throws
 */
export function fitProgram(
  experiment: ExperimentDocument,
  limitBytes: number,
  stretch: number | null = null,
): FittedProgram {
  const program = { ...compileExperiment(experiment), stretch: stretch ?? 0 }
  const kept = measured(experiment, program)
  if (stretch !== null) return asBefore(experiment, kept, limitBytes)
  const may = experiment.recompute !== 'never'
  if (!may && kept.bytes <= limitBytes) return { ...kept, problem: null }
  const least = cheapestAlike(experiment, kept.program, limitBytes)
  const fits = least.bytes <= limitBytes
  if (fits && may) return { ...least, problem: null }
  const mebibytes = {
    needed: Math.ceil((may ? least : kept).bytes / mebibyte),
    limit: Math.floor(limitBytes / mebibyte),
  }
  return { ...kept, problem: problemOf(fits ? least.bytes : null, needsAllSteps(kept.program), mebibytes) }
}

/** Why training does not fit: what it would take if it recomputed, where that fits, and the layer that is in the way. */
function problemOf(
  least: number | null,
  layer: string | null,
  mebibytes: { needed: number; limit: number },
): ErrorMessage {
  if (least !== null) {
    return { code: 'engine.memoryRecompute', data: { ...mebibytes, least: Math.ceil(least / mebibyte) } }
  }
  return layer === null
    ? { code: 'engine.memory', data: mebibytes }
    : { code: 'engine.memoryStatistics', data: { ...mebibytes, layer } }
}

/** As {@link fitProgram}; throws the problem where there is one. */
export function requireFitting(
  experiment: ExperimentDocument,
  limitBytes: number,
  stretch: number | null = null,
): FittedProgram {
  const fitted = fitProgram(experiment, limitBytes, stretch)
  if (fitted.problem) throw fromErrorMessage(fitted.problem)
  return fitted
}
