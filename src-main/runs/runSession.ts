import { setImmediate as nextTurn } from 'node:timers/promises'
import type {
  EpochRecord,
  MetricsEvent,
  RunDetail,
  RunState,
  RunSummary,
  StepMemory,
} from '../../src-shared/contract.ts'
import { toErrorMessage, type ErrorMessage } from '../../src-shared/errors/index.ts'
import { firingRates, neuronLayers, type NeuronLayer } from '../analysis/firing.ts'
import { writeCheckpoint, type Checkpoint, type EpochScore } from '../checkpoints/checkpoint.ts'
import type { LossChunk } from '../recording/losses.ts'
import { MetricsRecorder } from '../recording/recorder.ts'
import { LoopControl } from '../training/control.ts'
import { TrainingLoop, type EpochOutcome, type LoopProgress, type LoopSinks } from '../training/loop.ts'
import type { EpochSums, LoopPosition } from '../training/position.ts'
import { mayFollow } from '../training/states.ts'
import type { Prepared } from './prepare.ts'
import { epochCheckpointPath, latestCheckpointPath, removeLatestCheckpoint } from './runFolder.ts'
import type { RunProgress } from './store.ts'
import { productVersion } from './versions.ts'
import type { Workspace } from './workspace.ts'

/** Who is told what happens to a run; everything told is written down before. */
export interface RunListener {
  changed(summary: RunSummary): void
  metrics(event: MetricsEvent): void
  epoch(run: string, record: EpochRecord): void
}

/** A run that is under way. Wishes that come too late, or twice, are passed over. */
export interface RunJob {
  readonly id: string
  /** What training takes besides its samples, in bytes, and whether it recomputes for that. */
  readonly memory: StepMemory
  readonly recomputes: boolean
  /** Time steps that are kept together for the way back; null where all are. */
  readonly stretch: number | null
  /** Holds at the next batch, with a checkpoint. */
  pause(): void
  resume(): void
  /** Ends at the next batch, with a checkpoint. */
  stop(): void
  /** The run's last summary; `failed` with its error where something went wrong. */
  readonly finished: Promise<RunSummary>
}

/** Where a session begins: at the start, or at a checkpoint whose state the executor already has. */
export interface SessionStart {
  position: LoopPosition
  /** Batches trained before. */
  losses: number
  history: EpochScore[]
  checkpointSeconds: number
}

function bestOf(history: readonly EpochScore[]): Checkpoint['best'] {
  const best = history.reduce<EpochScore | null>(
    (first, score) => (first && first.testAccuracy >= score.testAccuracy ? first : score),
    null,
  )
  return best && { epoch: best.epoch, testAccuracy: best.testAccuracy }
}

/** One process's work on a run: the loop, with the recorder, database, checkpoints and listener as its sinks. */
export class RunSession implements RunJob, LoopSinks {
  readonly id: string
  readonly memory: StepMemory
  readonly recomputes: boolean
  readonly stretch: number | null
  readonly finished: Promise<RunSummary>
  readonly #workspace: Workspace
  readonly #detail: RunDetail
  readonly #prepared: Prepared
  readonly #listener: RunListener
  readonly #history: EpochScore[]
  readonly #layers: NeuronLayer[]
  readonly #control = new LoopControl()
  readonly #recorder: MetricsRecorder<LoopProgress>
  readonly #loop: TrainingLoop
  /** Moved on by the loop. */
  readonly #position: LoopPosition
  #state: RunState = 'preparing'

  constructor(
    workspace: Workspace,
    detail: RunDetail,
    prepared: Prepared,
    start: SessionStart,
    listener: RunListener,
  ) {
    this.id = detail.id
    this.memory = prepared.memory
    const { recompute, stretch } = prepared.executor.program
    this.recomputes = recompute
    this.stretch = stretch > 0 ? stretch : null
    this.#workspace = workspace
    this.#detail = detail
    this.#prepared = prepared
    this.#listener = listener
    this.#history = start.history
    this.#layers = neuronLayers(prepared.executor.program)
    this.#recorder = new MetricsRecorder(
      {
        commit: (chunk, progress) => workspace.store.recordLosses(this.id, chunk, this.#stored(progress)),
        send: (chunk, progress) => listener.metrics(this.#event(chunk, progress)),
      },
      start.losses,
    )
    const { executor, source, plan, schedule, experiment } = prepared
    const { position, checkpointSeconds } = start
    this.#position = position
    const task = { executor, source, plan, epochs: experiment.epochs, schedule, position, checkpointSeconds }
    this.#loop = new TrainingLoop(task, this, this.#control)
    this.finished = this.#run()
  }

  pause(): void {
    if (!mayFollow(this.#state, 'pausing')) return
    this.#enter('pausing')
    this.#control.pause()
  }

  resume(): void {
    if (this.#state !== 'pausing' && this.#state !== 'paused') return
    this.#enter('running')
    this.#control.resume()
  }

  stop(): void {
    if (!mayFollow(this.#state, 'stopping')) return
    this.#enter('stopping')
    this.#control.stop()
  }

  loss(value: number): void {
    this.#recorder.push(value)
  }

  tick(progress: () => LoopProgress): void {
    this.#recorder.tick(progress)
  }

  epoch(outcome: EpochOutcome, progress: LoopProgress): void {
    const { store } = this.#workspace
    const record = this.#record(outcome)
    this.#recorder.commit(progress)
    store.recordEpoch(this.id, record, (record.epoch - 1) * outcome.batches, this.#stored(progress))
    const { epoch, trainLoss, trainAccuracy, testLoss, testAccuracy, firingRates: rates } = record
    this.#history.push({ epoch, trainLoss, trainAccuracy, testLoss, testAccuracy, firingRates: rates })
    const path = epochCheckpointPath(this.#detail.folder, epoch)
    this.#writeCheckpoint(path, this.#position)
    removeLatestCheckpoint(this.#detail.folder)
    this.#listener.epoch(this.id, record)
    this.#listener.changed(store.setCheckpoint(this.id, path, epoch))
  }

  checkpoint(position: LoopPosition): void {
    const { store } = this.#workspace
    this.#recorder.commit(this.#loop.progress())
    store.settle(this.id)
    const path = latestCheckpointPath(this.#detail.folder)
    this.#writeCheckpoint(path, position)
    this.#listener.changed(store.setCheckpoint(this.id, path, position.epoch))
  }

  paused(progress: LoopProgress): void {
    this.#recorder.flush(progress)
    if (this.#state === 'pausing') this.#enter('paused')
  }

  /** Begins in the next turn, so that whoever started the run has its job before the first event. */
  async #run(): Promise<RunSummary> {
    try {
      await nextTurn()
      if (this.#state === 'preparing') this.#enter('running')
      const end = await this.#loop.run()
      this.#recorder.flush(this.#loop.progress())
      return this.#enter(end)
    } catch (thrown) {
      return this.#fail(toErrorMessage(thrown))
    } finally {
      this.#prepared.source.close()
      this.#prepared.executor.dispose()
    }
  }

  #enter(state: RunState, error: ErrorMessage | null = null): RunSummary {
    const summary = this.#workspace.store.setState(this.id, state, error)
    this.#state = state
    this.#listener.changed(summary)
    return summary
  }

  /** Even where the database cannot be written any more, the run ends, and says why. */
  #fail(error: ErrorMessage): RunSummary {
    try {
      this.#recorder.flush(this.#loop.progress())
      return this.#enter('failed', error)
    } catch {
      const summary: RunSummary = { ...this.#detail, state: 'failed', error }
      this.#state = 'failed'
      this.#listener.changed(summary)
      return summary
    }
  }

  #writeCheckpoint(path: string, { epoch, batch, sums, plateau }: LoopPosition): void {
    const { experiment, dataset, executor } = this.#prepared
    const { id, name, checksum, shape, classes } = dataset
    const state = executor.readState()
    writeCheckpoint(path, {
      experiment,
      epoch,
      batch,
      sums,
      plateau,
      stretch: executor.program.stretch,
      step: state.step,
      state,
      history: this.#history,
      best: bestOf(this.#history),
      dataset: { id, name, checksum, shape, classes },
      versions: { spikedesk: productVersion },
    })
  }

  #rates(sums: Readonly<EpochSums>): number[] {
    const { timeSteps } = this.#prepared.experiment
    return firingRates(sums.layerSpikes, this.#layers, sums.samples, timeSteps)
  }

  /** Speed of a part that took no time here, because it was done before the run was resumed: the last known. */
  #speed(imagesPerSecond: number): number {
    return imagesPerSecond || (this.#detail.imagesPerSecond ?? 0)
  }

  #stored(progress: LoopProgress): RunProgress {
    const { epoch, batch, imagesPerSecond, seconds } = progress
    const total = this.#detail.seconds + seconds
    return { epoch, batch, imagesPerSecond: this.#speed(imagesPerSecond), seconds: total }
  }

  #record({ sums, batches, test, ...outcome }: EpochOutcome): EpochRecord {
    return {
      epoch: outcome.epoch,
      trainLoss: sums.loss / batches,
      penalty: sums.penalty / batches,
      learningRate: outcome.learningRate,
      trainAccuracy: sums.correct / sums.samples,
      testLoss: test.loss,
      testAccuracy: test.accuracy,
      trainImagesPerSecond: this.#speed(outcome.trainImagesPerSecond),
      testImagesPerSecond: outcome.testImagesPerSecond,
      seconds: outcome.seconds,
      waiting: outcome.waiting,
      firingRates: this.#rates(sums),
      events: sums.events,
    }
  }

  #event({ firstStep, losses }: LossChunk, progress: LoopProgress): MetricsEvent {
    const { epoch, batch, batchesPerEpoch, sums, learningRate, imagesPerSecond, etaSeconds } = progress
    return {
      run: this.id,
      firstStep,
      losses,
      epoch,
      batch,
      batchesPerEpoch,
      trainAccuracy: sums.samples > 0 ? sums.correct / sums.samples : 0,
      learningRate,
      imagesPerSecond: this.#speed(imagesPerSecond),
      etaSeconds,
      firingRates: this.#rates(sums),
    }
  }
}
