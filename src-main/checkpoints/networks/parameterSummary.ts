import type { ParameterSummary } from '../../../src-shared/checkpointContract.ts'
import { inferModel } from '../../../src-shared/model/shapes.ts'
import type { NamedTensor } from '../../engine/executor.ts'
import type { ImportedNetwork } from './importedNetwork.ts'

/** More values than this are weights, which nobody reads as the constant of an equation. */
const mostValues = 65_536

function rangeOf({ data }: NamedTensor): ParameterSummary['range'] {
  let [min, max] = [Infinity, -Infinity]
  for (const value of data) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return min <= max ? { min, max } : null
}

/**
 * Every parameter of a network's layers, with the least and the largest value of those that stand in the equations
 * of neurons. Reads only these.
 */
export function summariseParameters({
  experiment,
  parameters,
}: Pick<ImportedNetwork, 'experiment' | 'parameters'>): ParameterSummary[] {
  const found = new Map(parameters.map((tensor) => [tensor.name, tensor]))
  return inferModel(experiment.model).layers.flatMap(({ node, definition, parameters: specs }) =>
    specs.map(({ name, shape, learnable }) => {
      const tensor = found.get(`${node.id}.${name}`)
      const count = shape.reduce((product, size) => product * size, 1)
      const constant =
        definition?.family === 'neuron' && shape.length <= 1 && !name.includes('bias') && count <= mostValues
      const range = tensor && constant ? rangeOf(tensor) : null
      return { layer: node.id, name, shape, learnable, range }
    }),
  )
}
