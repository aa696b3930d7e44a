import { shapeValue, type LayerDefinition } from '../layerDefinition.ts'

function listed(shapes: readonly (readonly number[])[]): string {
  return shapes.map((shape) => String(shapeValue(shape))).join(', ')
}

/** The sum of values of one shape, as of a residual block. */
export const add: LayerDefinition = {
  kind: 'add',
  label: 'Add',
  family: 'shape',
  help: 'Adds what several layers hand on, element by element.',
  equation: 'y = x₁ + x₂ + …',
  fields: [],
  inferShape: (input) => [...input],
  join(inputs) {
    const [first, ...others] = inputs
    const agree = others.every((shape) => shape.join() === first.join())
    return agree ? [...first] : { wanted: { phrase: 'shape.equal' }, found: listed(inputs) }
  },
  parameters: () => [],
}

/** Channels (or features) of several layers side by side, in the order of the inputs. */
export const concat: LayerDefinition = {
  kind: 'concat',
  label: 'Concatenate',
  family: 'shape',
  help: 'Puts the channels, or features, of several layers side by side.',
  fields: [],
  inferShape: (input) => [...input],
  join(inputs) {
    const [first, ...others] = inputs
    const places = (shape: readonly number[]) => shape.slice(1).join()
    const agree = others.every((shape) => shape.length === first.length && places(shape) === places(first))
    if (!agree || first.length === 0) return { wanted: { phrase: 'shape.sameMaps' }, found: listed(inputs) }
    return [inputs.reduce((sum, shape) => sum + shape[0], 0), ...first.slice(1)]
  },
  parameters: () => [],
}
