import type { ForwardOp } from './program.ts'

/** Ops whose outputs are made again where a program recomputes: what neurons make is kept. */
export const remadeOps: readonly ForwardOp['op'][] = [
  'linear',
  'convolution',
  'pool',
  'batchNorm',
  'add',
  'concat',
  'dropout',
]
