import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { uniformStream } from '../../src-shared/philox.ts'
import type { NamedTensor, TrainingState } from './executor.ts'
import type { Program, ProgramParameter } from './program.ts'

function firstValues(
  { initialise }: ProgramParameter,
  count: number,
  seed: number,
  index: number,
): Float32Array {
  if (initialise.kind === 'constant') return new Float32Array(count).fill(initialise.value)
  const { bound } = initialise
  const uniform = uniformStream(seed, 'initialise', index)
  return Float32Array.from({ length: count }, () => uniform() * 2 * bound - bound)
}

/**
 * The state before the first step: parameters by their initialisers (torch's defaults for linear layers), each
 * from its own random stream, the index of the parameter; the optimizer's tensors zero.
 */
export function initialState(program: Program): TrainingState {
  const shapes = new Map(program.values.map((value) => [value.id, value.shape]))
  const tensor = (name: string, make: (count: number) => Float32Array): NamedTensor => {
    const shape = shapes.get(name) ?? []
    return { name, shape: [...shape], data: make(elementCount(shape)) }
  }
  return {
    parameters: program.parameters.map((parameter, index) =>
      tensor(parameter.value, (count) => firstValues(parameter, count, program.seed, index)),
    ),
    optimizer: program.values
      .filter((value) => value.role === 'optimizerState')
      .map((value) => tensor(value.id, (count) => new Float32Array(count))),
    step: 0,
  }
}
