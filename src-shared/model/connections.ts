import type { LayerNode } from './document.ts'
import type { LayerProblem } from './shapes.ts'

/** What `inputs` of a layer say for the input of the network. */
export const networkInput = 'input'

/** Ids of what each layer reads: what it names, else the layer before it, or the input of the network. */
export function layerInputs(layers: readonly LayerNode[]): string[][] {
  return layers.map((node, i) => node.inputs ?? [i === 0 ? networkInput : layers[i - 1].id])
}

/** Places of layers by id; of layers of one name the first. */
function placesOf(layers: readonly LayerNode[]): Map<string, number> {
  const places = new Map<string, number>()
  layers.forEach(({ id }, i) => {
    if (!places.has(id)) places.set(id, i)
  })
  return places
}

/** Whether what layer `from` reads leads back to layer `to`. */
function leadsTo(inputs: readonly string[][], places: ReadonlyMap<string, number>, from: number, to: number) {
  const open = [from]
  const seen = new Set(open)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true
    for (const input of inputs[at]) {
      const place = input === networkInput ? undefined : places.get(input)
      if (place === undefined || seen.has(place)) continue
      seen.add(place)
      open.push(place)
    }
  }
  return false
}

/**
 * What is wrong with the connections of each layer: names that no layer has, layers that come later, circles, a
 * layer named twice, and one that nobody reads.
 */
export function connectionProblems(layers: readonly LayerNode[]): LayerProblem[][] {
  const inputs = layerInputs(layers)
  const places = placesOf(layers)
  const read = new Set(inputs.flat())
  return layers.map(({ id }, i) => {
    const problems = inputs[i].flatMap((input, at): LayerProblem[] => {
      const data = { layer: id, input }
      const problem = (code: LayerProblem['code']) => [{ code, data, field: 'inputs' }]
      if (inputs[i].indexOf(input) < at) return problem('model.repeatedInput')
      if (input === networkInput) return []
      const place = places.get(input)
      if (place === undefined) return problem('model.unknownInput')
      if (place < i) return []
      return problem(leadsTo(inputs, places, place, i) ? 'model.cycle' : 'model.laterInput')
    })
    if (id === networkInput) problems.push({ code: 'model.reservedId', data: { layer: id } })
    if (i + 1 < layers.length && !read.has(id)) problems.push({ code: 'model.unread', data: { layer: id } })
    return problems
  })
}
