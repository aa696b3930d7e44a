import type { LayerDefinition } from '../layerDefinition.ts'
import { flatten } from './flatten.ts'
import { integrateFire } from './integrateFire.ts'
import { leaky } from './leaky.ts'
import { lif } from './lif.ts'
import { linear } from './linear.ts'

/** The table of layers, in the order of the palette. */
export const layerDefinitions: readonly LayerDefinition[] = [flatten, linear, leaky, lif, integrateFire]

export function findLayer(kind: string): LayerDefinition | undefined {
  return layerDefinitions.find((definition) => definition.kind === kind)
}
