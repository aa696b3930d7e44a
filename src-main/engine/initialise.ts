import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import type { NamedTensor, TrainingState } from './executor.ts'
import type { Program, ProgramParameter } from './program.ts'
import { mersenneTwister, torchUniform } from './torchGenerator.ts'

function firstValues({ initialise }: ProgramParameter, count: number, words: () => number): Float32Array {
  if (initialise.kind === 'constant') {
    for (let i = 0; i < (initialise.drawn ?? 0); i++) words()
    return new Float32Array(count).fill(initialise.value)
  }
  if (initialise.kind === 'diagonal') {
    const drawn = Float32Array.from({ length: count ** 2 }, () => torchUniform(words(), initialise.bound))
    return Float32Array.from({ length: count }, (_, i) => drawn[i * (count + 1)])
  }
  return Float32Array.from({ length: count }, () => torchUniform(words(), initialise.bound))
}

/**
 * The state before the first step: parameters by their initialisers (torch's defaults), drawn in the
 * order of the layers as torch draws them after `manual_seed` of the program's seed; the optimizer's tensors zero.
 */
export function initialState(program: Program): TrainingState {
  const shapes = new Map(program.values.map((value) => [value.id, value.shape]))
  const words = mersenneTwister(program.seed)
  const tensor = (name: string, make: (count: number) => Float32Array): NamedTensor => {
    const shape = shapes.get(name) ?? []
    return { name, shape: [...shape], data: make(elementCount(shape)) }
  }
  return {
    parameters: program.parameters.map((parameter) =>
      tensor(parameter.value, (count) => firstValues(parameter, count, words)),
    ),
    optimizer: program.values
      .filter((value) => value.role === 'optimizerState')
      .map((value) => tensor(value.id, (count) => new Float32Array(count))),
    step: 0,
  }
}
