import type { Program } from '../program.ts'

/** A step of the planner. It never changes its argument. */
export type Pass = (program: Program) => Program
