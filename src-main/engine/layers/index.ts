import { batchNorm1d, batchNorm2d } from './batchNorm.ts'
import { conv1d, conv2d } from './convolution.ts'
import { alif, alpha, lapicque, leaky, rleaky, rsynaptic, synaptic } from './flagNeurons.ts'
import { dropout } from './dropout.ts'
import { flatten } from './flatten.ts'
import { add, concat } from './join.ts'
import type { LayerOps } from './layerOps.ts'
import { leakyParallel } from './leakyParallel.ts'
import { linear } from './linear.ts'
import {
  adaptiveAveragePool1d,
  adaptiveAveragePool2d,
  averagePool1d,
  averagePool2d,
  maxPool1d,
  maxPool2d,
} from './pool.ts'
import { cubaLif, eif, integrateFire, izhikevich, klif, lif, plif, qif } from './sameStepNeurons.ts'

/** What each kind of the layer table does, in ops. */
export const layerOps: readonly LayerOps[] = [
  flatten,
  linear,
  conv2d,
  conv1d,
  batchNorm2d,
  batchNorm1d,
  maxPool2d,
  maxPool1d,
  averagePool2d,
  averagePool1d,
  adaptiveAveragePool2d,
  adaptiveAveragePool1d,
  dropout,
  add,
  concat,
  leaky,
  lapicque,
  synaptic,
  alpha,
  rleaky,
  rsynaptic,
  leakyParallel,
  alif,
  lif,
  integrateFire,
  plif,
  qif,
  eif,
  izhikevich,
  klif,
  cubaLif,
]

export function findLayerOps(kind: string): LayerOps | undefined {
  return layerOps.find((ops) => ops.kind === kind)
}
