import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EvaluationResult, EventCounts } from '../../src-shared/contract.ts'
import { learningRateOf, watchPlateau, type ScheduleSpec } from '../../src-shared/schedule.ts'
import type { Batch, BatchResult, Executor, SampleBatch } from '../engine/executor.ts'
import { batchesPerEpoch, batchIndices, epochOrder, groupOf, type BatchPlan } from './batches.ts'
import type { LoopControl } from './control.ts'
import { Evaluation } from './evaluate.ts'
import { lossNotFinite, parameterNotFinite } from './notFinite.ts'
import { addEvents, emptySums, type EpochSums, type LoopPosition } from './position.ts'
import { wholeSplit, type BatchSource, type BatchStream, type SourcedBatch } from './source.ts'
import { StepPace, trainsInTurn, type InTurnExecutor } from './stepPace.ts'
import { rate, Stopwatch, type Clock } from './stopwatch.ts'

/** Batches after which the remaining time can be told. */
const batchesBeforeEta = 20

/** What is trained, on what, and from where. */
export interface LoopTask {
  executor: Executor
  source: BatchSource
  plan: BatchPlan
  epochs: number
  schedule: ScheduleSpec
  /** Where to begin; moved on by the loop. */
  position: LoopPosition
  /** Seconds between two checkpoints inside an epoch. */
  checkpointSeconds: number
}

/** How far the loop is. */
export interface LoopProgress {
  /** Epoch under way, counted from 1; the last one at the end. */
  epoch: number
  batch: number
  batchesPerEpoch: number
  /** Sums of the epoch under way, or of the one before where it has not begun. */
  sums: Readonly<EpochSums>
  /** Learning rate of the last step, or of the first to come. */
  learningRate: number
  /** Training images per second in this epoch, without tests, checkpoints and pauses. */
  imagesPerSecond: number
  /** Null before 20 batches. */
  etaSeconds: number | null
  /** Time of this loop without pauses. */
  seconds: number
}

/** A complete epoch. Rates are of the part that was run here, where it was resumed in the middle. */
export interface EpochOutcome {
  /** Counted from 1. */
  epoch: number
  sums: EpochSums
  batches: number
  test: EvaluationResult
  /** Learning rate of its last step. */
  learningRate: number
  trainImagesPerSecond: number
  testImagesPerSecond: number
  seconds: number
  /** Share of these seconds in which the loop waited for data, 0 to 1. */
  waiting: number
}

/** Where everything goes that the loop has to tell. All are called between batches. */
export interface LoopSinks {
  /** Loss of every batch. */
  loss(value: number): void
  /** Every 10 ms or so: the moment to write down and to show. */
  tick(progress: () => LoopProgress): void
  /** An epoch and its test are complete, and the position stands behind it. */
  epoch(outcome: EpochOutcome, progress: LoopProgress): void
  /** The position inside an epoch is to be saved. */
  checkpoint(position: LoopPosition): void
  /** The loop holds; its position was saved. */
  paused(progress: LoopProgress): void
}

/**
 * The training loop. Its only clock is the batch: pause, stop, checkpoint and flush happen between two batches.
 * Batches of training and test are computed without a break for 10 ms, then waiting messages are let in. Short steps
 * are done several in one call where executor and source can.
 */
export class TrainingLoop {
  readonly #task: LoopTask
  readonly #sinks: LoopSinks
  readonly #control: LoopControl
  readonly #clock: Clock
  readonly #batches: number
  readonly #pace: StepPace
  readonly #trainWatch: Stopwatch
  readonly #testWatch: Stopwatch
  readonly #runWatch: Stopwatch
  readonly #waitWatch: Stopwatch
  #lastSums = emptySums()
  /** Passes that are announced and not begun. */
  #nextTrain: BatchStream | null = null
  #nextTest: BatchStream | null = null
  /** Of the epoch opened last; the next one is opened when all of its batches have been trained on. */
  #order: Uint32Array | undefined
  #learningRate: number
  /** Samples and batches trained here: in this epoch, and in all. */
  #epochSamples = 0
  #batchesHere = 0
  #savedAt = 0
  #saved = ''

  constructor(
    task: LoopTask,
    sinks: LoopSinks,
    control: LoopControl,
    clock: Clock = () => performance.now(),
  ) {
    this.#task = task
    this.#sinks = sinks
    this.#control = control
    this.#clock = clock
    this.#batches = batchesPerEpoch(task.plan)
    this.#pace = new StepPace(task.plan.batchSize, clock)
    this.#trainWatch = new Stopwatch(clock)
    this.#testWatch = new Stopwatch(clock)
    this.#runWatch = new Stopwatch(clock)
    this.#waitWatch = new Stopwatch(clock)
    this.#learningRate = this.#rate()
  }

  /**
   * Trains up to the last epoch, or until somebody wants it to stop. Throws `engine.notFinite` or
   * `engine.inputNotFinite` where a loss or a parameter is NaN or infinite; what was saved before stays.
   */
  async run(): Promise<'done' | 'stopped'> {
    const { position, epochs } = this.#task
    this.#runWatch.start()
    this.#pace.startSlice()
    this.#savedAt = this.#clock()
    while (position.epoch < epochs) {
      if (!(await this.#train())) return 'stopped'
      const test = await this.#test()
      if (!test) return 'stopped'
      this.#completeEpoch(test)
    }
    this.#runWatch.stop()
    return 'done'
  }

  progress(): LoopProgress {
    const { position, epochs } = this.#task
    const over = position.epoch >= epochs
    const sums = position.sums.samples > 0 ? position.sums : this.#lastSums
    return {
      epoch: over ? position.epoch : position.epoch + 1,
      batch: over ? this.#batches : position.batch,
      batchesPerEpoch: this.#batches,
      sums,
      learningRate: this.#learningRate,
      imagesPerSecond: rate(this.#epochSamples, this.#trainWatch.seconds),
      etaSeconds: this.#etaSeconds(),
      seconds: this.#runWatch.seconds,
    }
  }

  async #train(): Promise<boolean> {
    const { executor, position } = this.#task
    this.#waitWatch.reset()
    if (position.batch === this.#batches) return true
    this.#epochSamples = 0
    this.#trainWatch.reset()
    this.#trainWatch.start()
    const stream = this.#nextTrain ?? this.#openTrain()
    this.#nextTrain = null
    this.#nextTest = this.#openTest()
    while (position.batch < this.#batches) {
      let closes = true
      if (stream.nextInTurn && trainsInTurn(executor)) {
        this.#trainInTurn(executor, stream.nextInTurn(this.#pace.steps))
      } else {
        const next = stream.next()
        const taken = next instanceof Promise ? await this.#await(next, this.#trainWatch) : next
        if (!taken) return false
        const { batch, events } = taken
        closes = this.#group().closes
        this.#count(
          batch,
          events,
          closes ? executor.train(batch, this.#nextRate()) : executor.accumulate(batch),
        )
      }
      if (this.#sliceOver() && !(await this.#between(this.#trainWatch, closes))) return false
    }
    this.#trainWatch.stop()
    return true
  }

  #trainInTurn(executor: InTurnExecutor, batches: SampleBatch): void {
    const { batchSize } = this.#task.plan
    const first = this.#task.position.batch
    const steps = Math.ceil(batches.indices.length / batchSize)
    const rates = Float64Array.from({ length: steps }, (_, i) => this.#rate(first + i))
    for (const [i, result] of this.#pace.train(executor, batches, rates).entries()) {
      this.#learningRate = rates[i]
      this.#count({ ...batches, indices: batchIndices(batches.indices, batchSize, i) }, null, result)
    }
  }

  /** Whether no batch waits for others of its step. */
  #atStep(): boolean {
    const { executor, position } = this.#task
    return position.batch === this.#batches || position.batch % executor.program.accumulation === 0
  }

  /** The step of the optimizer that a batch belongs to: the next one where left out. */
  #group(batch = this.#task.position.batch) {
    return groupOf(batch, this.#task.executor.program.accumulation, this.#batches)
  }

  /** Learning rate of the step that a batch belongs to. */
  #rate(batch?: number): number {
    const { schedule, position } = this.#task
    return learningRateOf(schedule, position.epoch, this.#group(batch).step, position.plateau)
  }

  #nextRate(): number {
    this.#learningRate = this.#rate()
    return this.#learningRate
  }

  async #test(): Promise<EvaluationResult | null> {
    const { executor, source, position, epochs } = this.#task
    this.#testWatch.reset()
    this.#testWatch.start()
    const stream = this.#nextTest ?? this.#openTest()
    this.#nextTest = null
    if (position.epoch + 1 < epochs) this.#nextTrain = this.#openTrain(position.epoch + 1, 0)
    const evaluation = new Evaluation(source, 'test')
    for (let first = 0; first < source.test.count; first += executor.program.batchSize) {
      const next = stream.next()
      const taken = next instanceof Promise ? await this.#await(next, this.#testWatch) : next
      if (!taken) return null
      const { batch } = taken
      const result = executor.evaluate(batch)
      this.#requireFinite(batch, result, position.batch)
      evaluation.add(result)
      if (this.#sliceOver() && !(await this.#between(this.#testWatch))) return null
    }
    this.#testWatch.stop()
    return evaluation.result()
  }

  /** The training of the epoch after `epoch` complete ones, from batch `first` on. */
  #openTrain(epoch = this.#task.position.epoch, first = this.#task.position.batch): BatchStream {
    const { source, plan } = this.#task
    this.#order = epochOrder(plan, epoch + 1, this.#order)
    const pass = { order: this.#order, batchSize: plan.batchSize, first, batches: this.#batches }
    return source.open({ split: 'train', epoch: epoch + 1, ...pass })
  }

  #openTest(): BatchStream {
    const { source, executor } = this.#task
    return source.open(wholeSplit(source, 'test', executor.program.batchSize))
  }

  /** The batch when it is there; null where the loop is to end before. `watch` is held with the loop. */
  async #await(batch: Promise<SourcedBatch>, watch: Stopwatch): Promise<SourcedBatch | null> {
    for (;;) {
      this.#waitWatch.start()
      // Among batches of one step there is no place to hold.
      if (!this.#atStep()) return batch.finally(() => this.#waitWatch.stop())
      const asked = this.#control.asked().then(() => null)
      const first = await Promise.race([batch, asked]).finally(() => this.#waitWatch.stop())
      if (first) return first
      if (!(await this.#between(watch))) {
        batch.catch(() => undefined)
        return null
      }
    }
  }

  #count(batch: Batch, events: EventCounts | null, result: BatchResult): void {
    const { position } = this.#task
    const { sums } = position
    const samples = result.predictions.length
    this.#requireFinite(batch, result, position.batch + 1)
    sums.loss += result.loss
    sums.penalty += result.penalty
    sums.correct += result.correct
    if (events && (sums.events || sums.samples === 0)) sums.events = addEvents(sums.events, events)
    sums.samples += samples
    for (let i = 0; i < result.layerSpikes.length; i++) {
      sums.layerSpikes[i] = (sums.layerSpikes[i] ?? 0) + result.layerSpikes[i]
    }
    position.batch++
    this.#epochSamples += samples
    this.#batchesHere++
    this.#sinks.loss(result.loss)
  }

  /** @param number of the batch, counted from 1 */
  #requireFinite(batch: Batch, { loss, penalty, notFinite }: BatchResult, number: number): void {
    const { executor, position } = this.#task
    const place = { batch: number, epoch: position.epoch + 1 }
    if (!Number.isFinite(loss + penalty)) throw lossNotFinite(executor, batch, loss + penalty, place)
    if (notFinite !== undefined) throw parameterNotFinite(executor, notFinite, place)
  }

  #completeEpoch(test: EvaluationResult): void {
    const { position, schedule } = this.#task
    const sums = position.sums
    this.#lastSums = sums
    position.plateau = watchPlateau(schedule, position.plateau, position.epoch, {
      trainLoss: sums.loss / this.#batches,
      testLoss: test.loss,
      testAccuracy: test.accuracy,
    })
    position.epoch++
    position.batch = 0
    position.sums = emptySums()
    const seconds = this.#trainWatch.seconds + this.#testWatch.seconds
    const outcome: EpochOutcome = {
      epoch: position.epoch,
      sums,
      batches: this.#batches,
      test,
      learningRate: this.#learningRate,
      trainImagesPerSecond: rate(this.#epochSamples, this.#trainWatch.seconds),
      testImagesPerSecond: rate(test.total, this.#testWatch.seconds),
      seconds,
      waiting: seconds > 0 ? this.#waitWatch.seconds / seconds : 0,
    }
    this.#sinks.epoch(outcome, this.progress())
    this.#markSaved()
  }

  #sliceOver(): boolean {
    return this.#control.wish !== 'run' || this.#pace.sliceOver
  }

  /**
   * Between two batches; false where the loop is to end here. `watch` is held while nothing is computed. Between
   * batches that are averaged for one step there is no place to hold: what waits for the step is no part of a state.
   */
  async #between(watch: Stopwatch, mayHold = true): Promise<boolean> {
    this.#sinks.tick(() => this.progress())
    await nextTurn()
    if (!mayHold) {
      this.#pace.startSlice()
      return true
    }
    if (this.#control.wish !== 'run') {
      watch.stop()
      this.#save()
      if (this.#control.wish === 'pause') await this.#hold()
      if (this.#control.wish === 'stop') {
        this.#runWatch.stop()
        return false
      }
      watch.start()
    } else if (this.#clock() - this.#savedAt >= this.#task.checkpointSeconds * 1000) {
      watch.stop()
      this.#save()
      watch.start()
    }
    this.#pace.startSlice()
    return true
  }

  async #hold(): Promise<void> {
    this.#runWatch.stop()
    this.#sinks.paused(this.progress())
    await this.#control.released()
    this.#runWatch.start()
  }

  #save(): void {
    if (this.#saved !== this.#place()) this.#sinks.checkpoint(this.#task.position)
    this.#markSaved()
  }

  #markSaved(): void {
    this.#saved = this.#place()
    this.#savedAt = this.#clock()
  }

  #place(): string {
    const { epoch, batch } = this.#task.position
    return `${epoch}.${batch}`
  }

  #etaSeconds(): number | null {
    const { position, epochs } = this.#task
    if (this.#batchesHere < batchesBeforeEta) return null
    const left = Math.max(0, (epochs - position.epoch) * this.#batches - position.batch)
    return (this.#runWatch.seconds / this.#batchesHere) * left
  }
}
