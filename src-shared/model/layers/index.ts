import type { LayerDefinition } from '../layerDefinition.ts'
import { alif } from './alif.ts'
import { alpha } from './alpha.ts'
import { batchNorm1d, batchNorm2d } from './batchNorm.ts'
import { conv1d, conv2d } from './convolution.ts'
import { cubaLif } from './cubaLif.ts'
import { eif } from './eif.ts'
import { dropout } from './dropout.ts'
import { flatten } from './flatten.ts'
import { integrateFire } from './integrateFire.ts'
import { izhikevich } from './izhikevich.ts'
import { add, concat } from './join.ts'
import { klif } from './klif.ts'
import { lapicque } from './lapicque.ts'
import { leaky } from './leaky.ts'
import { leakyParallel } from './leakyParallel.ts'
import { lif } from './lif.ts'
import { linear } from './linear.ts'
import { plif } from './plif.ts'
import {
  adaptiveAveragePool1d,
  adaptiveAveragePool2d,
  averagePool1d,
  averagePool2d,
  maxPool1d,
  maxPool2d,
} from './pool.ts'
import { qif } from './qif.ts'
import { rleaky } from './rleaky.ts'
import { rsynaptic } from './rsynaptic.ts'
import { synaptic } from './synaptic.ts'

/** The table of layers, in the order of the palette. */
export const layerDefinitions: readonly LayerDefinition[] = [
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

export function findLayer(kind: string): LayerDefinition | undefined {
  return layerDefinitions.find((definition) => definition.kind === kind)
}
