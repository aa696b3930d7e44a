import type { EncodedTargets, RequestParams } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { checkFields } from '../../../src-shared/fields.ts'
import { targetTables } from '../../../src-shared/targetTables.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { targetsOf, type TargetSettings } from '../../encoding/targets/index.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'
import { requireSample } from './datasets.ts'
import { firstEpoch } from './encoding.ts'

/** Which sample, and by which code. */
type TargetWish = Omit<RequestParams<'encoding.targets'>, 'id' | 'targets'> & { targets: TargetSettings }

/** Still targets at every step. */
function repeated(values: Float32Array, timeSteps: number): Float32Array {
  const out = new Float32Array(timeSteps * values.length)
  for (let t = 0; t < timeSteps; t++) out.set(values, t * values.length)
  return out
}

/** The targets of a sample by its label. Throws `sample.range`, `field.` and `encoding.` errors. */
export function sampleTargets(
  dataset: Dataset,
  { split, index, timeSteps, seed, targets }: TargetWish,
): EncodedTargets {
  requireSample(dataset, split, index)
  const [problem] = checkFields(targetTables[targets.kind].fields, targets.params)
  if (problem) throw new SpikedeskError(problem.code, problem.data)
  const label = dataset[split].labels[index]
  const classes = dataset.classes.length
  const stream = { seed, phase: split, sample: index, epoch: firstEpoch }
  const { still, values } = targetsOf(targets, label, classes, timeSteps, stream)
  return {
    ...{ label, classes, timeSteps, still },
    spiking: values.every((value) => value === 0 || value === 1),
    values: still ? repeated(values, timeSteps) : values,
  }
}

/** Makes targets of single samples. */
export function targetJobs({ datasets }: Workspace): Pick<ComputeJobs, 'encoding.targets'> {
  return {
    'encoding.targets': async ({ id, ...wish }) => sampleTargets(await datasets.open(id), wish),
  }
}
