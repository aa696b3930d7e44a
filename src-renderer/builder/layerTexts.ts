import { shapeText } from '../../src-shared/model/layerDefinition.ts'
import type { InferredLayer } from '../../src-shared/model/shapes.ts'

/** The frameworks by their own names. */
export const frameworkNames = { snntorch: 'snnTorch', spikingjelly: 'SpikingJelly' } as const

/** What a dragged kind of layer, or a dragged layer, is called in a drag. */
export const kindDragType = 'application/x-spikedesk-kind'
export const layerDragType = 'application/x-spikedesk-layer'

/** What becomes of the shape: 784 → 100, or just 100 where nothing changes. */
export function shapeChange(layer: InferredLayer): string {
  const { inputShape, outputShape } = layer
  if (!outputShape) return '–'
  const [from, to] = [shapeText(inputShape ?? []), shapeText(outputShape)]
  return from === to ? to : `${from} → ${to}`
}
