import { batchNorm1d, batchNorm2d } from './batchNorm.ts'
import { conv1d, conv2d } from './convolution.ts'
import { flatten } from './flatten.ts'
import { integrateFire, lif } from './integrateFire.ts'
import type { LayerOps } from './layerOps.ts'
import { leaky } from './leaky.ts'
import { linear } from './linear.ts'
import {
  adaptiveAveragePool1d,
  adaptiveAveragePool2d,
  averagePool1d,
  averagePool2d,
  maxPool1d,
  maxPool2d,
} from './pool.ts'

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
  leaky,
  lif,
  integrateFire,
]

export function findLayerOps(kind: string): LayerOps | undefined {
  return layerOps.find((ops) => ops.kind === kind)
}
