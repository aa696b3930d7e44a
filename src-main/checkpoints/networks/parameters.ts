import { elementCount, type ParameterSpec } from '../../../src-shared/model/layerDefinition.ts'
import type { InferredModel } from '../../../src-shared/model/shapes.ts'
import type { NamedTensor } from '../../engine/executor.ts'
import { floatsOf } from '../../containers/dtypes.ts'
import { FileProblem } from '../../containers/fileProblem.ts'
import type { TensorNode } from '../files/openedFile.ts'

function constant(name: string, { shape, initialise }: ParameterSpec): NamedTensor | null {
  if (initialise.kind !== 'constant') return null
  return { name, shape: [...shape], data: new Float32Array(elementCount(shape)).fill(initialise.value) }
}

function parameter(name: string, spec: ParameterSpec, tensor: TensorNode | undefined): NamedTensor {
  if (!tensor) {
    const made = constant(name, spec)
    if (made) return made
    throw new FileProblem('problem.parameterMissing', { name, shape: spec.shape.join('×') })
  }
  if (isDiagonal(name, spec, tensor)) return diagonalTensor(name, spec.shape[0], tensor)
  const count = elementCount(spec.shape)
  const found = tensor.shape.join('×')
  if (elementCount(tensor.shape) !== count) {
    throw new FileProblem('problem.parameterShape', { name, shape: spec.shape.join('×'), found })
  }
  return lazyTensor(name, [...spec.shape], tensor)
}

/**
 * A parameter whose values are read when they are first asked for, so that a large file opens at once. Throws
 * FileProblem where its elements are no single numbers.
 */
export function lazyTensor(name: string, shape: number[], { dtype, read }: TensorNode): NamedTensor {
  if (!dtype.number) throw new FileProblem('problem.dtype', { dtype: dtype.name })
  let values: Float32Array | null = null
  return {
    name,
    shape,
    get data() {
      values ??= floatsOf(dtype, read()) ?? new Float32Array()
      return values
    },
  }
}

/** torch saves W_hh of LeakyParallel whole, also where every membrane acts on itself alone. */
function isDiagonal(name: string, { shape }: ParameterSpec, tensor: TensorNode): boolean {
  const square = tensor.shape.length === 2 && tensor.shape.every((size) => size === shape[0])
  return name.endsWith('.rnn.weight_hh_l0') && shape.length === 1 && square
}

function diagonalTensor(name: string, neurons: number, tensor: TensorNode): NamedTensor {
  const whole = lazyTensor(name, [...tensor.shape], tensor)
  let values: Float32Array | null = null
  return {
    name,
    shape: [neurons],
    get data() {
      values ??= Float32Array.from({ length: neurons }, (_, i) => whole.data[i * neurons + i])
      return values
    },
  }
}

/**
 * The parameters of a model from tensors of a file, found by `<layer>.<parameter>`; what a file leaves out and
 * begins constant, stays at its beginning. Throws FileProblem where one is missing or has another shape.
 */
export function parametersOf(
  inferred: InferredModel,
  find: (layer: string, parameter: string) => TensorNode | undefined,
): NamedTensor[] {
  return inferred.layers.flatMap(({ node, parameters }) =>
    parameters.map((spec) => parameter(`${node.id}.${spec.name}`, spec, find(node.id, spec.name))),
  )
}
