import { defaultValues, type FieldValues } from '../fields.ts'
import type { LayerNode } from './document.ts'
import { findLayer } from './layers/index.ts'

/** A layer with the defaults of its kind, but for `params`. */
export function presetLayer(id: string, kind: string, params: FieldValues = {}): LayerNode {
  return { id, kind, params: { ...defaultValues(findLayer(kind)?.fields ?? []), ...params } }
}
