import type { Answers } from '../../src-shared/importedNetwork.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { openCheckpointFile } from '../checkpoints/files/open.ts'
import { importNetwork, loadParameters } from '../checkpoints/networks/importNetwork.ts'
import type { Executor, NamedTensor } from '../engine/executor.ts'

/** A checkpoint file of any program whose weights a run begins with. */
export interface StartingWeights {
  path: string
  answers: Answers
}

function fitting(executor: Executor, parameters: readonly NamedTensor[], path: string): NamedTensor[] {
  return executor.readState().parameters.map(({ name, shape }) => {
    const found = parameters.find((tensor) => tensor.name === name)
    if (found && found.shape.join() === shape.join()) return found
    throw new SpikedeskError('weights.misfit', {
      path,
      name,
      wanted: shape.join('×'),
      found: found ? found.shape.join('×') : 'none',
    })
  })
}

/**
 * Gives an executor the weights of a file; its optimizer begins anew. Throws what opening the file throws, and
 * `weights.misfit` where the file has not all parameters of the network.
 */
export function takeWeights(executor: Executor, { path, answers }: StartingWeights): void {
  const file = openCheckpointFile(path)
  try {
    const network = importNetwork(file, { answers })
    loadParameters(file, network)
    const parameters = fitting(executor, network.parameters, path)
    executor.writeState({ ...executor.readState(), parameters })
  } finally {
    file.close()
  }
}
