import { existsSync, readFileSync } from 'node:fs'
import type { EngineId } from '../../../src-shared/experiment.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { findPreset } from '../../../src-shared/model/presets.ts'
import type { ImageDataset } from '../../datasets/dataset.ts'
import { DatasetLibrary } from '../../datasets/library.ts'
import { createExecutor } from '../../engine/backends/index.ts'
import { compileExperiment } from '../../engine/compile.ts'
import { inferenceFlops, layerFlops, stepFlops } from '../../engine/cost.ts'
import type { Executor } from '../../engine/executor.ts'
import { batchesPerEpoch, batchIndices, epochOrder, type BatchPlan } from '../../training/batches.ts'

/** One figure to take. */
export interface MeasurementTask {
  workload: string
  phase: 'train' | 'infer'
  engine: string
  threads: number
  repeats: number
  dataset: string
  workspace: string
  /** Also times each op, in a repeat of its own. */
  profile: boolean
}

/** Time of one op in a step, and its rate. */
export interface OpMeasurement {
  op: string
  layer: string
  /** Milliseconds of a step: of all threads together, divided by their number. */
  forwardMs: number
  backwardMs: number
  updateMs: number
  /** Useful floating-point operations a second over the three, in 10⁹; null where none are counted. */
  gflops: number | null
}

export interface ProfileMeasurement {
  /** Milliseconds of a step from call to return. */
  stepMs: number
  /** What is left of them when the ops are taken off: threads that wait for each other. */
  waitingMs: number
  ops: OpMeasurement[]
}

export interface Measurement {
  engine: EngineId
  device: string
  threads: number
  batchSize: number
  repeats: number
  imagesPerSecond: { min: number; median: number; max: number }
  /** Largest resident memory of the process in MiB. */
  peakRssMiB: number
  /** Useful floating-point operations a second, in 10⁹. */
  gflops: number
  profile: ProfileMeasurement | null
}

const warmUpSeconds = 0.3
const repeatSeconds = 0.3

/** Goes through a split batch by batch, epoch after epoch, without end. */
function* batches(plan: BatchPlan, shuffled: boolean): Generator<{ indices: Uint32Array; epoch: number }> {
  const inOrder = Uint32Array.from({ length: plan.samples }, (_, i) => i)
  for (let epoch = 1; ; epoch++) {
    const order = shuffled ? epochOrder(plan, epoch) : inOrder
    for (let i = 0; i < batchesPerEpoch(plan); i++) {
      yield { indices: batchIndices(order, plan.batchSize, i), epoch: shuffled ? epoch : 0 }
    }
  }
}

/** Images a second over at least `seconds`. */
function rate(step: () => number, seconds: number): number {
  const start = performance.now()
  let images = 0
  let elapsed = 0
  while (elapsed < seconds) {
    images += step()
    elapsed = (performance.now() - start) / 1000
  }
  return images / elapsed
}

function stepOf(executor: Executor, dataset: ImageDataset, task: MeasurementTask): () => number {
  const split = task.phase === 'train' ? 'train' : 'test'
  executor.bind(split, dataset[split])
  const { batchSize, seed } = executor.program
  const plan: BatchPlan = { samples: dataset[split].count, batchSize, dropLast: true, seed }
  if (batchesPerEpoch(plan) === 0) {
    throw new SpikedeskError('bench.tooFew', {
      dataset: task.dataset,
      found: plan.samples,
      wanted: batchSize,
    })
  }
  const source = batches(plan, task.phase === 'train')
  return () => {
    const { indices, epoch } = source.next().value as { indices: Uint32Array; epoch: number }
    const batch = { kind: 'samples', split, indices, epoch } as const
    if (task.phase === 'train') executor.train(batch)
    else executor.evaluate(batch)
    return indices.length
  }
}

/**
 * Linux keeps the peak of this program apart from that of its parent before exec, which `maxRSS` does not.
 */
function peakRssMiB(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const kibibytes = /^VmHWM:\s*(\d+) kB/m.exec(status)?.[1]
  return (kibibytes === undefined ? process.resourceUsage().maxRSS : Number(kibibytes)) / 1024
}

/** Times the ops over one repeat. */
function profileOf(
  executor: Executor,
  step: () => number,
  phase: MeasurementTask['phase'],
): ProfileMeasurement {
  if (!executor.startProfile || !executor.endProfile)
    throw new SpikedeskError('bench.noProfile', { engine: executor.engine })
  const { program, threads } = executor
  executor.startProfile()
  rate(step, repeatSeconds)
  const { steps, seconds, ops } = executor.endProfile()
  const milliseconds = (spent: number) => (spent * 1000) / steps / threads
  const measured = ops.map(({ op, layer, forward, backward, update }): OpMeasurement => {
    const flops = layer || op === 'loss' ? layerFlops(program, layer) : null
    const counted = !flops
      ? 0
      : phase === 'infer'
        ? flops.forward
        : flops.forward + flops.backward + flops.update
    const spent = (forward + backward + update) / steps / threads
    return {
      ...{ op, layer },
      forwardMs: milliseconds(forward),
      backwardMs: milliseconds(backward),
      updateMs: milliseconds(update),
      gflops: counted > 0 && spent > 0 ? counted / spent / 1e9 : null,
    }
  })
  const stepMs = (seconds * 1000) / steps
  const working = measured.reduce((sum, op) => sum + op.forwardMs + op.backwardMs + op.updateMs, 0)
  return { stepMs, waitingMs: Math.max(0, stepMs - working), ops: measured }
}

/** Takes one figure in this process, which should have done nothing else before. */
export async function measure(task: MeasurementTask): Promise<Measurement> {
  const preset = findPreset(task.workload)
  if (!preset) throw new Error(`no preset ${task.workload}`)
  const library = new DatasetLibrary(existsSync(task.workspace) ? task.workspace : null)
  const dataset = await library.open(task.dataset)
  const program = compileExperiment(preset.experiment)
  const executor = createExecutor(task.engine as EngineId, program, task.threads)
  const step = stepOf(executor, dataset, task)
  rate(step, warmUpSeconds)
  const rates = Array.from({ length: task.repeats }, () => rate(step, repeatSeconds)).sort((a, b) => a - b)
  const median = (rates[Math.floor((rates.length - 1) / 2)] + rates[Math.floor(rates.length / 2)]) / 2
  const flops = task.phase === 'train' ? stepFlops(program) : inferenceFlops(program)
  const { engine, device, threads } = executor
  const profile = task.profile ? profileOf(executor, step, task.phase) : null
  executor.dispose()
  return {
    ...{ engine, device, threads, batchSize: program.batchSize, repeats: task.repeats },
    imagesPerSecond: { min: rates[0], median, max: rates[rates.length - 1] },
    peakRssMiB: peakRssMiB(),
    gflops: ((flops / program.batchSize) * median) / 1e9,
    profile,
  }
}
