import { existsSync, readFileSync } from 'node:fs'
import type { EngineId } from '../../../src-shared/experiment.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { createExecutor } from '../../engine/backends/index.ts'
import { inferenceFlops, layerFlops, stepFlops } from '../../engine/cost.ts'
import type { Executor, SampleBatch } from '../../engine/executor.ts'
import type { Program } from '../../engine/program.ts'
import { stepMemory, totalBytes } from '../../engine/stepMemory.ts'
import { mostInTurn, StepPace, trainsInTurn, type InTurnExecutor } from '../../training/stepPace.ts'
import { feed, type Feed } from './feed.ts'
import { findWorkload } from './workloads.ts'

/** One figure to take. */
export interface MeasurementTask {
  workload: string
  phase: 'train' | 'infer'
  engine: string
  threads: number
  repeats: number
  dataset: string
  workspace: string
  /** Share of the elements of synthetic frames that are events. */
  density: number
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
  /** Useful floating-point operations a second over the whole step, in 10⁹. */
  gflops: number
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
  /** MiB that the engine takes, as planned, and by how much the resident memory grew when it was made. */
  plannedMiB: number
  engineMiB: number
  /** Useful floating-point operations a second, in 10⁹. */
  gflops: number
  profile: ProfileMeasurement | null
}

const warmUpSeconds = 0.3
const repeatSeconds = 0.3

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

/** Trains on the next batches, as many in a call as the training loop does; returns how many images those were. */
function stepsOf(executor: InTurnExecutor, nextInTurn: (most: number) => SampleBatch): () => number {
  const { batchSize, update } = executor.program
  const pace = new StepPace(batchSize, () => performance.now())
  const rates = new Float64Array(mostInTurn).fill(update[0]?.learningRate ?? 0)
  pace.startSlice()
  return () => {
    const batches = nextInTurn(pace.steps)
    const images = batches.indices.length
    pace.train(executor, batches, rates.subarray(0, images / batchSize))
    if (pace.sliceOver) pace.startSlice()
    return images
  }
}

/** Trains or evaluates; returns how many images those were. */
function stepOf(
  executor: Executor,
  { next, nextInTurn }: Feed,
  phase: MeasurementTask['phase'],
): () => number {
  if (phase === 'train' && nextInTurn && trainsInTurn(executor)) return stepsOf(executor, nextInTurn)
  return () => {
    const batch = next()
    const { predictions } = phase === 'train' ? executor.train(batch) : executor.evaluate(batch)
    return predictions.length
  }
}

/** Resident memory of this process in MiB. */
const residentMiB = (): number => process.memoryUsage.rss() / 2 ** 20

/**
 * Linux keeps the peak of this program apart from that of its parent before exec, which `maxRSS` does not.
 */
function peakRssMiB(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const kibibytes = /^VmHWM:\s*(\d+) kB/m.exec(status)?.[1]
  return (kibibytes === undefined ? process.resourceUsage().maxRSS : Number(kibibytes)) / 1024
}

const flopsOf = (program: Program, phase: MeasurementTask['phase']): number =>
  phase === 'train' ? stepFlops(program) : inferenceFlops(program)

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
  const gflops = (flopsOf(program, phase) * steps) / seconds / 1e9
  return { stepMs, waitingMs: Math.max(0, stepMs - working), gflops, ops: measured }
}

/** Takes one figure in this process, which should have done nothing else before. */
export async function measure(task: MeasurementTask): Promise<Measurement> {
  const workload = findWorkload(task.workload)
  if (!workload) throw new Error(`no workload ${task.workload}`)
  const program = workload.compile()
  const engineId = task.engine as EngineId
  const plannedMiB = totalBytes(stepMemory(engineId, program, task.threads)) / 2 ** 20
  const before = residentMiB()
  const executor = createExecutor(engineId, program, task.threads)
  const engineMiB = residentMiB() - before
  const step = stepOf(executor, await feed(workload, executor, task), task.phase)
  rate(step, warmUpSeconds)
  const rates = Array.from({ length: task.repeats }, () => rate(step, repeatSeconds)).sort((a, b) => a - b)
  const median = (rates[Math.floor((rates.length - 1) / 2)] + rates[Math.floor(rates.length / 2)]) / 2
  const flops = flopsOf(program, task.phase)
  const { engine, device, threads } = executor
  const profile = task.profile ? profileOf(executor, step, task.phase) : null
  executor.dispose()
  return {
    ...{ engine, device, threads, batchSize: program.batchSize, repeats: task.repeats },
    imagesPerSecond: { min: rates[0], median, max: rates[rates.length - 1] },
    peakRssMiB: peakRssMiB(),
    ...{ plannedMiB, engineMiB },
    gflops: ((flops / program.batchSize) * median) / 1e9,
    profile,
  }
}
