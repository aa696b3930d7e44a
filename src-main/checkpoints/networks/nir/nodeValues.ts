import { numbersOf } from '../../../containers/dtypes.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import type { TensorNode } from '../../files/openedFile.ts'
import type { NirNode } from './graph.ts'

/** Parameters of NIR nodes: arrays, most of them with one value for each neuron. */

export function arrayOf({ params }: NirNode, key: string): TensorNode | null {
  const node = params.entries.get(key)
  return node?.kind === 'tensor' ? node : null
}

export function requiredArray(node: NirNode, key: string): TensorNode {
  const found = arrayOf(node, key)
  if (found) return found
  throw new FileProblem('problem.nirParameter', { name: shown(node.name), type: node.type, parameter: key })
}

/** The numbers of a parameter; `preset` where older files leave it out. */
export function valuesOf(node: NirNode, key: string, preset?: number): Float64Array {
  if (preset !== undefined && !arrayOf(node, key)) return Float64Array.of(preset)
  const tensor = requiredArray(node, key)
  const numbers = numbersOf(tensor.dtype, tensor.read())
  if (numbers && numbers.length > 0) return numbers
  throw new FileProblem('problem.nirParameter', { name: shown(node.name), type: node.type, parameter: key })
}

/** A parameter that has the same value along all axes: our windows are square. */
export function squareValue(node: NirNode, key: string, preset: number): number {
  const values = valuesOf(node, key, preset)
  if (values.every((value) => value === values[0])) return values[0]
  throw new FileProblem('problem.nirUneven', { name: shown(node.name), parameter: key })
}

/** The one value of a parameter that must be the same for all neurons. */
export function uniformValue(node: NirNode, key: string, preset: number): number {
  const values = valuesOf(node, key, preset)
  if (values.every((value) => value === values[0])) return values[0]
  throw new FileProblem('problem.nirUneven', { name: shown(node.name), parameter: key })
}
