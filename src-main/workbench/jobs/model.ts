import { inferModel } from '../../../src-shared/model/shapes.ts'
import { engineInfos } from '../../engine/backends/index.ts'
import { compileExperiment } from '../../engine/compile.ts'
import { stepBytes, stepFlops } from '../../engine/cost.ts'
import { previewNeuron } from '../../engine/neuronPreview.ts'
import type { ComputeJobs } from '../computeContract.ts'

/** What an experiment costs, what it could run on, and what one of its neurons does. */
export function modelJobs(): Pick<ComputeJobs, 'engines.list' | 'model.cost' | 'model.neuron'> {
  return {
    'engines.list': () => engineInfos(),
    'model.cost': ({ experiment }) => {
      const program = compileExperiment(experiment)
      return {
        parameters: inferModel(experiment.model).parameterCount,
        stepBytes: stepBytes(program),
        stepFlops: stepFlops(program),
      }
    },
    'model.neuron': previewNeuron,
  }
}
