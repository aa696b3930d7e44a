import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { EngineId } from '../../src-shared/experiment.ts'
import type { Program } from './program.ts'

/** Time steps in a row that are kept together for the way back. */
export interface Stretch {
  /** The first one has 0. */
  index: number
  /** The first of its steps. */
  first: number
  steps: number
}

/** Steps that are kept together: those of a stretch, or all. */
export function longestStretch({ timeSteps, stretch }: Pick<Program, 'timeSteps' | 'stretch'>): number {
  return stretch > 0 ? Math.min(stretch, timeSteps) : timeSteps
}

/** The stretches of a program's steps from the first on; the last one may be shorter. One where all go together. */
export function stretchesOf(program: Pick<Program, 'timeSteps' | 'stretch'>): Stretch[] {
  const { timeSteps } = program
  const steps = longestStretch(program)
  return Array.from({ length: Math.ceil(timeSteps / steps) }, (_, index) => {
    const first = index * steps
    return { index, first, steps: Math.min(steps, timeSteps - first) }
  })
}

/** A layer that needs all steps at once: statistics over all of them; null where steps may go in stretches. */
export function needsAllSteps({ forward, values }: Program): string | null {
  const still = new Set(values.filter(({ time }) => time === 'static').map(({ id }) => id))
  for (const op of forward) {
    if (op.op === 'batchNorm' && op.statistics === 'sequence' && !still.has(op.input)) return op.layer
  }
  return null
}

/** @throws SpikedeskError `engine.layer` where a program's steps are to go in stretches and a layer needs all of them */
export function requireStretches(engine: EngineId, program: Program): void {
  const layer = stretchesOf(program).length > 1 ? needsAllSteps(program) : null
  if (layer === null) return
  throw new SpikedeskError('engine.layer', {
    engine,
    layer,
    reason: { phrase: 'refusal.stretches', name: '' },
  })
}
