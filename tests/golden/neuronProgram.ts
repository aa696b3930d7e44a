import { defaultLoss } from '../../src-shared/lossTables.ts'
import { compileNetwork, type NetworkSpec } from '../../src-main/engine/compile.ts'
import type { Backend, Executor, NamedTensor } from '../../src-main/engine/executor.ts'
import type { Program } from '../../src-main/engine/program.ts'
import { optimizerTables } from '../../src-shared/experimentFields.ts'
import { defaultValues, type FieldValues } from '../../src-shared/fields.ts'
import { findLayer } from '../../src-shared/model/layers/index.ts'

/** A network of one neuron layer on given input, with the gradient at the input kept. */
export function neuronProgram(
  kind: string,
  params: FieldValues,
  [timeSteps, batchSize, ...shape]: readonly number[],
  other: Partial<NetworkSpec> = {},
): Program {
  const layer = { id: 'neuron', kind, params: { ...defaultValues(findLayer(kind)?.fields ?? []), ...params } }
  return compileNetwork({
    model: { version: 1, name: kind, input: { shape }, layers: [layer] },
    timeSteps,
    batchSize,
    encoding: { kind: 'given', static: false },
    loss: defaultLoss('ce_count'),
    optimizer: { kind: 'adam', params: defaultValues(optimizerTables.adam.fields) },
    seed: 0,
    inputGradient: true,
    ...other,
  })
}

/** The same program, with a gradient at the recorded membrane of its neuron beside that at the spikes. */
export function withMembraneGradient(program: Program): Program {
  const id = 'neuron.membrane.gradient'
  const membrane = program.values.find((value) => value.id === 'neuron.membrane')
  if (!membrane) throw new Error('the program has no membrane')
  return {
    ...program,
    values: [...program.values, { ...membrane, id, role: 'gradient' }],
    backward: program.backward.map((op) =>
      op.op === 'neuronBackward' ? { ...op, membraneGradient: id } : op,
    ),
  }
}

/** An executor whose parameters of the given names have the given numbers. */
export function executorWith(
  backend: Backend,
  program: Program,
  parameters: Record<string, readonly number[]> = {},
): Executor {
  const executor = backend.create(program, 1)
  const state = executor.readState()
  const changed = state.parameters.map((tensor) => {
    const data = parameters[tensor.name]
    return data === undefined ? tensor : { ...tensor, data: Float32Array.from(data) }
  })
  executor.writeState({ ...state, parameters: changed })
  return executor
}

export function findTensor(tensors: readonly NamedTensor[], name: string): Float32Array {
  const tensor = tensors.find((candidate) => candidate.name === name)
  if (!tensor) throw new Error(`there is no tensor "${name}"`)
  return tensor.data
}
