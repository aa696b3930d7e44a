import { flatten } from './flatten.ts'
import { integrateFire, lif } from './integrateFire.ts'
import type { LayerOps } from './layerOps.ts'
import { leaky } from './leaky.ts'
import { linear } from './linear.ts'

/** What each kind of the layer table does, in ops. */
export const layerOps: readonly LayerOps[] = [flatten, linear, leaky, lif, integrateFire]

export function findLayerOps(kind: string): LayerOps | undefined {
  return layerOps.find((ops) => ops.kind === kind)
}
