import { existsSync } from 'node:fs'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { inOrder } from '../../../src-shared/philox.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { DatasetLibrary } from '../../datasets/library.ts'
import { requireImages } from '../../datasets/subset.ts'
import { findValue } from '../../engine/backends/checks.ts'
import type { Batch, Executor, SampleBatch } from '../../engine/executor.ts'
import { batchesPerEpoch, batchIndices, epochOrder, type BatchPlan } from '../../training/batches.ts'
import { eventFrames } from './eventFrames.ts'
import type { MeasurementTask } from './measure.ts'
import type { Workload } from './workloads.ts'

/** Different batches of synthetic events; what they hold hardly matters, only that the caches do not know it. */
const eventBatches = 4

/** Which samples a batch and the one after it have. */
type BatchPlaces = Pick<SampleBatch, 'indices' | 'next' | 'epoch'>

/** Goes through a split batch by batch, epoch after epoch, without end. */
function* epochs(plan: BatchPlan, shuffled: boolean): Generator<BatchPlaces> {
  const unshuffled = inOrder(plan.samples)
  for (let epoch = 1; ; epoch++) {
    const order = shuffled ? epochOrder(plan, epoch) : unshuffled
    for (let i = 0; i < batchesPerEpoch(plan); i++) {
      const indices = batchIndices(order, plan.batchSize, i)
      const next = batchIndices(order, plan.batchSize, i + 1)
      yield { indices, next, epoch: shuffled ? epoch : 0 }
    }
  }
}

async function feedImages(executor: Executor, task: MeasurementTask): Promise<() => Batch> {
  const library = new DatasetLibrary(existsSync(task.workspace) ? task.workspace : null)
  const dataset = requireImages(await library.open(task.dataset))
  const split = task.phase === 'train' ? 'train' : 'test'
  executor.bind(split, dataset[split])
  const { batchSize, seed } = executor.program
  const plan: BatchPlan = { samples: dataset[split].count, batchSize, dropLast: true, seed }
  if (batchesPerEpoch(plan) === 0) {
    const data = { dataset: task.dataset, found: plan.samples, wanted: batchSize }
    throw new SpikedeskError('bench.tooFew', data)
  }
  const source = epochs(plan, task.phase === 'train')
  return () => ({
    kind: 'samples',
    split,
    ...(source.next().value as BatchPlaces),
  })
}

function feedEvents({ program }: Executor, density: number): () => Batch {
  const input = program.values.find(({ role }) => role === 'input')
  const noise = {
    samples: program.batchSize,
    steps: program.timeSteps,
    width: elementCount(input?.shape ?? []),
    density,
    classes: elementCount(findValue(program, program.loss.input).shape),
    seed: program.seed,
  }
  const batches = Array.from({ length: eventBatches }, (_, batch) => eventFrames({ ...noise, batch }))
  let next = 0
  return () => batches[next++ % batches.length]
}

/** What hands an executor one batch after the other. */
export async function feed(
  workload: Workload,
  executor: Executor,
  task: MeasurementTask,
): Promise<() => Batch> {
  return workload.input === 'images' ? feedImages(executor, task) : feedEvents(executor, task.density)
}
