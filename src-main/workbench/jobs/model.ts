import { inferModel } from '../../../src-shared/model/shapes.ts'
import { engineInfos } from '../../engine/backends/index.ts'
import { remadeFlops, stepFlops } from '../../engine/cost.ts'
import { previewNeuron } from '../../engine/neuronPreview.ts'
import { readSettings } from '../../runs/settings.ts'
import { fitProgram, limitBytesOf } from '../../runs/stepLimit.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'

/** What an experiment costs, what it could run on, and what one of its neurons does. */
export function modelJobs({
  folder,
}: Workspace): Pick<ComputeJobs, 'engines.list' | 'model.cost' | 'model.neuron'> {
  return {
    'engines.list': () => engineInfos(),
    'model.cost': ({ experiment }) => {
      const limitBytes = limitBytesOf(readSettings(folder).stepMemory)
      const { program, memory, bytes, problem } = fitProgram(experiment, limitBytes)
      return {
        parameters: inferModel(experiment.model).parameterCount,
        stepBytes: bytes,
        ...{ memory, problem },
        stepFlops: stepFlops(program),
        remadeFlops: remadeFlops(program),
      }
    },
    'model.neuron': previewNeuron,
  }
}
