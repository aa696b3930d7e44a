import { inferModel } from '../../../src-shared/model/shapes.ts'
import { engineInfos } from '../../engine/backends/index.ts'
import { compileExperiment } from '../../engine/compile.ts'
import { stepFlops } from '../../engine/cost.ts'
import { previewNeuron } from '../../engine/neuronPreview.ts'
import { stepMemory, totalBytes } from '../../engine/stepMemory.ts'
import { readSettings } from '../../runs/settings.ts'
import { limitBytesOf, limitProblem } from '../../runs/stepLimit.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'

/** What an experiment costs, what it could run on, and what one of its neurons does. */
export function modelJobs({
  folder,
}: Workspace): Pick<ComputeJobs, 'engines.list' | 'model.cost' | 'model.neuron'> {
  return {
    'engines.list': () => engineInfos(),
    'model.cost': ({ experiment }) => {
      const program = compileExperiment(experiment)
      const memory = stepMemory(experiment.engine, program, experiment.threads)
      const stepBytes = totalBytes(memory)
      return {
        parameters: inferModel(experiment.model).parameterCount,
        stepBytes,
        memory,
        problem: limitProblem(stepBytes, limitBytesOf(readSettings(folder).stepMemory)),
        stepFlops: stepFlops(program),
      }
    },
    'model.neuron': previewNeuron,
  }
}
