import { statelessOps } from './passes/hoistStatic.ts'
import type { ForwardOp } from './program.ts'

/** Ops whose outputs are made again where a program recomputes: what neurons make is kept. */
export const remadeOps: readonly ForwardOp['op'][] = [...statelessOps, 'dropout']
