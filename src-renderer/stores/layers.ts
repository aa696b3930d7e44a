import { defaultValues } from '../../src-shared/fields.ts'
import { layerInputs, networkInput } from '../../src-shared/model/connections.ts'
import type { LayerNode, ModelDocument } from '../../src-shared/model/document.ts'
import { findLayer } from '../../src-shared/model/layers/index.ts'

/** Changes of a model's list of layers. Each returns a new document; indices outside the list change nothing. */

/** What a new layer of a kind is called: fc1, lif2, flatten. */
const stems: Record<string, string> = { linear: 'fc', leaky: 'lif' }

function freeId(model: ModelDocument, stem: string): string {
  const taken = new Set(model.layers.map((layer) => layer.id))
  if (stem === 'flatten' && !taken.has(stem)) return stem
  for (let n = 1; ; n++) if (!taken.has(`${stem}${n}`)) return `${stem}${n}`
}

function inserted(model: ModelDocument, at: number, node: LayerNode): ModelDocument {
  return { ...model, layers: [...model.layers.slice(0, at), node, ...model.layers.slice(at)] }
}

/** Puts a new layer of `kind`, with the defaults of its table, at position `at`. */
export function addLayer(model: ModelDocument, kind: string, at: number): ModelDocument {
  const params = defaultValues(findLayer(kind)?.fields ?? [])
  return inserted(model, at, { id: freeId(model, stems[kind] ?? kind), kind, params })
}

export function duplicateLayer(model: ModelDocument, index: number): ModelDocument {
  const node = model.layers[index]
  if (!node) return model
  const id = freeId(model, node.id.replace(/\d+$/, '') || node.kind)
  const { inputs: _inputs, ...copy } = node
  return inserted(model, index + 1, { ...copy, id, params: structuredClone(node.params) })
}

/** Removes a layer; those that read it read what it read. */
export function removeLayer(model: ModelDocument, index: number): ModelDocument {
  const removed = model.layers[index]
  if (!removed) return model
  const read = layerInputs(model.layers)
  const layers = model.layers.flatMap((node, i) => {
    if (i === index) return []
    const follows = i === index + 1 && !node.inputs && removed.inputs
    if (!node.inputs?.includes(removed.id) && !follows) return [node]
    const inputs = read[i].flatMap((id) => (id === removed.id ? read[index] : [id]))
    return [{ ...node, inputs: [...new Set(inputs)] }]
  })
  return { ...model, layers: layers.map((node, i) => plainInputs(layers, node, i)) }
}

/** Says what a layer reads; nothing stands there where it is the layer before it alone. */
export function setInputs(model: ModelDocument, index: number, inputs: readonly string[]): ModelDocument {
  const layers = model.layers.map((node, i) => (i === index ? { ...node, inputs: [...inputs] } : node))
  return { ...model, layers: layers.map((node, i) => (i === index ? plainInputs(layers, node, i) : node)) }
}

function plainInputs(layers: readonly LayerNode[], node: LayerNode, index: number): LayerNode {
  const { inputs, ...plain } = node
  const before = index === 0 ? networkInput : layers[index - 1].id
  return inputs?.length === 1 && inputs[0] === before ? plain : node
}

/** Moves a layer so that it stands at position `to` afterwards. */
export function moveLayer(model: ModelDocument, index: number, to: number): ModelDocument {
  const node = model.layers[index]
  if (!node || to < 0 || to >= model.layers.length || to === index) return model
  const others = model.layers.filter((_, i) => i !== index)
  return { ...model, layers: [...others.slice(0, to), node, ...others.slice(to)] }
}

/** Renames a layer, and every mention of it by other layers. */
export function renameLayer(model: ModelDocument, index: number, id: string): ModelDocument {
  const old = model.layers[index]?.id
  if (old === undefined) return model
  const layers = model.layers.map((node, i) => {
    const inputs = node.inputs?.map((input) => (input === old ? id : input))
    return { ...node, ...(inputs && { inputs }), id: i === index ? id : node.id }
  })
  return { ...model, layers }
}

/** Reads a shape as people write it: `1×28×28`, `1x28x28`, `1, 28, 28` or `784`; null where it is none. */
export function parseShape(text: string): number[] | null {
  const parts = text.trim().split(/\s*[×x*,]\s*|\s+/i)
  const sizes = parts.map((part) => (/^\d{1,5}$/.test(part) ? Number(part) : Number.NaN))
  return sizes.length <= 4 && sizes.every((size) => size >= 1 && size <= 65536) ? sizes : null
}
