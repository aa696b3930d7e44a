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
 * The parameters before the first step, one after the other: by their initialisers (torch's defaults), drawn in the
 * order of the layers as torch draws them after `manual_seed` of the program's seed.
 */
export function* initialParameters(program: Program): Generator<NamedTensor> {
  const shapes = new Map(program.values.map((value) => [value.id, value.shape]))
  const words = mersenneTwister(program.seed)
  for (const parameter of program.parameters) {
    const shape = [...(shapes.get(parameter.value) ?? [])]
    yield { name: parameter.value, shape, data: firstValues(parameter, elementCount(shape), words) }
  }
}

/** The state before the first step: {@link initialParameters}, and the optimizer's tensors zero. */
export function initialState(program: Program): TrainingState {
  return {
    parameters: [...initialParameters(program)],
    optimizer: program.values
      .filter((value) => value.role === 'optimizerState')
      .map(({ id, shape }) => ({ name: id, shape: [...shape], data: new Float32Array(elementCount(shape)) })),
    step: 0,
  }
}
