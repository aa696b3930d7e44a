import { existsSync } from 'node:fs'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { inOrder } from '../../../src-shared/philox.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { DatasetLibrary } from '../../datasets/library.ts'
import { requireImages } from '../../datasets/subset.ts'
import { findValue } from '../../engine/backends/checks.ts'
import type { Batch, Executor, SampleBatch } from '../../engine/executor.ts'
import { batchesPerEpoch, epochOrder, type BatchPlan } from '../../training/batches.ts'
import { boundSource } from '../../training/source.ts'
import { eventFrames } from './eventFrames.ts'
import type { MeasurementTask } from './measure.ts'
import type { Workload } from './workloads.ts'

/** Different batches of synthetic events; what they hold hardly matters, only that the caches do not know it. */
const eventBatches = 4

/** What hands an executor one batch after the other, without end. */
export interface Feed {
  next(): Batch
  /** Some batches of an epoch in turn, up to `most`: of images, not of events. */
  nextInTurn?(most: number): SampleBatch
}

async function feedImages(executor: Executor, task: MeasurementTask): Promise<Required<Feed>> {
  const library = new DatasetLibrary(existsSync(task.workspace) ? task.workspace : null)
  const dataset = requireImages(await library.open(task.dataset))
  const split = task.phase === 'train' ? 'train' : 'test'
  executor.bind(split, dataset[split])
  const { batchSize, seed } = executor.program
  const plan: BatchPlan = { samples: dataset[split].count, batchSize, dropLast: true, seed }
  const batches = batchesPerEpoch(plan)
  if (batches === 0) {
    const data = { dataset: task.dataset, found: plan.samples, wanted: batchSize }
    throw new SpikedeskError('bench.tooFew', data)
  }
  const source = boundSource(dataset)
  const unshuffled = inOrder(plan.samples)
  let order: Uint32Array | undefined
  const open = (epoch: number) => {
    if (split === 'train') order = epochOrder(plan, epoch, order)
    const orders = order ? { epoch, order } : { epoch: 0, order: unshuffled }
    return source.open({ split, ...orders, batchSize, first: 0, batches })
  }
  let epoch = 1
  let stream = open(epoch)
  let left = batches
  const nextInTurn = (most: number): SampleBatch => {
    if (left === 0) {
      stream = open(++epoch)
      left = batches
    }
    const batch = stream.nextInTurn(most)
    left -= batch.indices.length / batchSize
    return batch
  }
  return { nextInTurn, next: () => nextInTurn(1) }
}

function feedEvents({ program }: Executor, density: number): Feed {
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
  return { next: () => batches[next++ % batches.length] }
}

/** The images of a dataset, or synthetic events. */
export async function feed(workload: Workload, executor: Executor, task: MeasurementTask): Promise<Feed> {
  return workload.input === 'images' ? feedImages(executor, task) : feedEvents(executor, task.density)
}
