import type {
  Batch,
  BatchResult,
  Executor,
  GivenBatch,
  GivenGradients,
  ImageSource,
  LayerTrace,
  NamedTensor,
  Split,
  TrainingState,
} from '../../executor.ts'
import { gradientOf } from '../../builder.ts'
import { notFiniteIn } from '../../finite.ts'
import { initialState } from '../../initialise.ts'
import type { EncodeOp, ForwardOp, NeuronBackwardOp, NeuronOp, Program } from '../../program.ts'
import { checkBatch, checkGiven, checkSource, checkState, checkWaiting, optimizerTensors } from '../checks.ts'
import type { DrawKey } from './drawKey.ts'
import { requireStretches, type Stretch } from '../../stretches.ts'
import { Memory } from './memory.ts'
import type { NormMode } from './ops/batchNorm.ts'
import { encode, takeFrames, takeValues } from './ops/encode.ts'
import { loss, readout } from './ops/loss.ts'
import { addPenaltyGradient, penaltyOf } from './ops/penalty.ts'
import { updateAll } from './ops/update.ts'
import { Remaking } from './remaking.ts'
import { runBackward, runForward } from './runOps.ts'
import { WholeValues } from './wholeValues.ts'

export const referenceDevice = 'plain TypeScript, 1 thread'

/** Interprets a program op by op in plain TypeScript. It is the oracle that other backends are held against. */
export class ReferenceExecutor implements Executor {
  readonly program: Program
  readonly engine = 'reference'
  readonly device = referenceDevice
  readonly threads = 1
  private readonly memory: Memory
  private readonly whole: WholeValues
  private readonly remaking: Remaking
  private readonly sources = new Map<Split, ImageSource>()
  private step = 0
  /** Gradients of the batches that wait for the next step, summed by their value's id, and how many there are. */
  private readonly sums = new Map<string, Float32Array>()
  private waiting = 0

  /** @throws SpikedeskError `engine.layer` where a layer needs more steps at once than a stretch has */
  constructor(program: Program) {
    requireStretches('reference', program)
    this.program = program
    this.memory = new Memory(program)
    this.whole = new WholeValues(program, this.memory)
    this.remaking = new Remaking(program, {
      make: (op) => this.runForward(op, 'batch'),
      release: (id) => this.memory.giveBack(id),
    })
    this.writeState(initialState(program))
  }

  bind(split: Split, source: ImageSource): void {
    checkSource(this.program, split, source)
    this.sources.set(split, source)
  }

  train(batch: Batch, learningRate?: number): BatchResult {
    const result = this.measure(batch, 'batchAndMove')
    if (!Number.isFinite(result.loss)) return result
    this.backward(batch)
    if (this.waiting > 0) this.addSums((gradient, sum) => gradient.forEach((_, i) => (gradient[i] += sum[i])))
    const spoilt = updateAll(this.program, this.memory, this.step, this.waiting + 1, learningRate)
    if (spoilt !== null) return { notFinite: spoilt, ...this.checked(result) }
    this.waiting = 0
    this.step++
    return this.checked(result)
  }

  accumulate(batch: Batch): BatchResult {
    checkWaiting(this.program, this.waiting)
    const result = this.measure(batch, 'batchAndMove')
    if (!Number.isFinite(result.loss)) return result
    this.backward(batch)
    if (this.waiting === 0) this.addSums((_, sum) => sum.fill(0))
    this.addSums((gradient, sum) => sum.forEach((_, i) => (sum[i] += gradient[i])))
    this.waiting++
    return this.checked(result)
  }

  evaluate(batch: Batch): BatchResult {
    return this.measure(batch, 'running')
  }

  trace(batch: Batch): LayerTrace[] {
    const size = checkBatch(this.program, batch, this.sources)
    const room = (id: string) => new Float32Array(this.memory.allSteps * size * this.memory.width(id))
    const traces = this.neurons().map((op) => ({
      layer: op.layer,
      neurons: this.memory.width(op.spikes),
      spikes: new Uint8Array(room(op.spikes).length),
      membrane: room(op.membrane),
      states: Object.fromEntries(Object.entries(op.states).map(([name, id]) => [name, room(id)])),
    }))
    this.forward(batch, size, 'running', ({ first }) => {
      this.neurons().forEach((op, i) => {
        const { neurons, spikes, membrane, states } = traces[i]
        const at = first * size * neurons
        spikes.set(this.memory.tensor(op.spikes), at)
        membrane.set(this.memory.tensor(op.membrane), at)
        for (const [name, id] of Object.entries(op.states)) states[name].set(this.memory.tensor(id), at)
      })
    })
    return traces
  }

  gradients(batch: Batch): { result: BatchResult; gradients: NamedTensor[] } {
    const result = this.measure(batch, 'batch')
    this.backward(batch)
    return { result, gradients: this.readGradients() }
  }

  backpropagate(batch: GivenBatch, given: GivenGradients): NamedTensor[] {
    const size = checkBatch(this.program, batch, this.sources, false)
    checkGiven(this.program, size, given)
    this.forward(batch, size, 'batch')
    this.clearArriving()
    const { spikes, membrane } = this.arriving()
    if (given.spikes) this.whole.memory.optional(spikes)?.set(given.spikes)
    if (given.membrane) this.whole.memory.optional(membrane)?.set(given.membrane)
    this.backward(batch, false)
    this.clearArriving()
    return this.readGradients()
  }

  readState(): TrainingState {
    return {
      parameters: this.program.parameters.map(({ value }) => this.copy(value)),
      optimizer: optimizerTensors(this.program).map((id) => this.copy(id)),
      step: this.step,
    }
  }

  writeState(state: TrainingState): void {
    checkState(this.program, state)
    for (const { name, data } of [...state.parameters, ...state.optimizer]) this.memory.tensor(name).set(data)
    this.step = state.step
    this.waiting = 0
  }

  dispose(): void {
    this.memory.release()
    this.whole.release()
    this.sources.clear()
  }

  /** The last parameter that is not finite: gradients come from behind, and so does what spoils them. */
  private checked(result: BatchResult): BatchResult {
    const spoilt = this.program.parameters.findLast(
      ({ value }) => notFiniteIn(this.memory.tensor(value)) !== undefined,
    )
    return spoilt ? { ...result, notFinite: spoilt.value } : result
  }

  private addSums(add: (gradient: Float32Array, sum: Float32Array) => void): void {
    for (const { gradient: id } of this.program.update) {
      const gradient = this.memory.tensor(id)
      const sum = this.sums.get(id) ?? new Float32Array(gradient.length)
      this.sums.set(id, sum)
      add(gradient, sum)
    }
  }

  /** Every batch draws for itself, also those that are averaged for one step. */
  private drawKey(): DrawKey {
    return { seed: this.program.seed, step: this.step * this.program.accumulation + this.waiting }
  }

  private neurons(): NeuronOp[] {
    return this.program.forward.filter((op) => op.op === 'neuron')
  }

  private measure(batch: Batch, mode: NormMode): BatchResult {
    const layerSpikes = new Float64Array(this.neurons().length)
    this.forward(batch, checkBatch(this.program, batch, this.sources), mode, () => {
      this.neurons().forEach((op, i) => {
        layerSpikes[i] += this.memory.tensor(op.spikes).reduce((sum, spike) => sum + spike, 0)
      })
    })
    const labels = this.labels(batch)
    const value = loss(this.program.loss, this.whole.memory, labels)
    const { counts, predictions } = readout(this.program.loss, this.whole.memory)
    const correct = predictions.reduce((sum, prediction, b) => sum + (prediction === labels[b] ? 1 : 0), 0)
    const penalty = this.program.penalties.reduce((sum, each) => sum + penaltyOf(each, this.memory), 0)
    return { loss: value, penalty, correct, predictions, counts, layerSpikes }
  }

  private labels(batch: Batch): Uint8Array {
    if (batch.kind !== 'samples') return batch.labels
    const source = this.sources.get(batch.split)
    return Uint8Array.from(batch.indices, (index) => source?.labels[index] ?? 0)
  }

  /** Forward through one stretch of steps after the other; `seen` is called after each. */
  private forward(batch: Batch, size: number, mode: NormMode, seen?: (stretch: Stretch) => void): void {
    this.whole.begin(size)
    for (const stretch of this.whole.stretches) {
      this.forwardThrough(stretch, batch, mode, stretch.index > 0)
      this.whole.keep()
      seen?.(stretch)
    }
  }

  /** @param goesOn whether another stretch of the batch went before, which leaves a static input as it is */
  private forwardThrough(stretch: Stretch, batch: Batch, mode: NormMode, goesOn: boolean): void {
    this.memory.stretch = stretch
    for (const op of this.program.forward) {
      if (op.op === 'encode') {
        if (!goesOn || this.memory.value(op.output).time !== 'static') this.encode(op, batch)
      } else this.runForward(op, mode)
      this.remaking.ran(op)
    }
  }

  private encode(op: EncodeOp, batch: Batch): void {
    if (batch.kind === 'values') takeValues(op, this.memory, batch)
    else if (batch.kind === 'frames') takeFrames(op, this.memory, batch)
    else {
      const pixels = batch.kind === 'images' ? batch.pixels : this.sources.get(batch.split)?.images
      if (pixels) encode(op, this.memory, batch, pixels, this.program.seed)
    }
  }

  private runForward(op: ForwardOp, mode: NormMode): void {
    runForward(op, this.memory, mode, this.drawKey())
  }

  /**
   * Back through the stretches, each but the last made again before.
   *
   * @param penalises false where gradients are given in place of those of the loss
   */
  private backward(batch: Batch, penalises = true): void {
    const { stretches } = this.whole
    for (const stretch of stretches.toReversed()) {
      if (stretch.index < stretches.length - 1) this.forwardThrough(stretch, batch, 'batch', true)
      this.backwardThrough(penalises)
    }
  }

  private backwardThrough(penalises: boolean): void {
    const { spikes, membrane } = this.arriving()
    const given = penalises ? [this.program.loss.gradient] : [spikes, membrane].filter((id) => id !== null)
    this.whole.handOver(given)
    for (const op of this.program.backward) {
      this.remaking.before(op)
      if (penalises && op.op === 'neuronBackward') this.penalise(op)
      runBackward(op, this.memory, this.drawKey())
      this.remaking.after()
    }
    this.whole.addUp()
  }

  private penalise({ spikes, spikesGradient }: NeuronBackwardOp): void {
    const penalty = this.program.penalties.find((candidate) => candidate.spikes === spikes)
    const gradient = this.memory.optional(spikesGradient)
    if (penalty && gradient) addPenaltyGradient(penalty, this.memory, gradient)
  }

  /** The gradients at what the last layer hands on and at its membrane. */
  private arriving(): { spikes: string | null; membrane: string | null } {
    const last = this.program.backward.find((op) => op.op === 'neuronBackward')
    const graded = this.program.backward.at(0)
    return {
      spikes: graded?.op === 'gradedSpikesBackward' ? graded.gradient : (last?.spikesGradient ?? null),
      membrane: last?.membraneGradient ?? null,
    }
  }

  /** Zeroes the gradients at the last layer: of two, a loss writes only one. */
  private clearArriving(): void {
    for (const id of Object.values(this.arriving())) {
      this.memory.optional(id)?.fill(0)
      this.whole.memory.optional(id)?.fill(0)
    }
  }

  private copy(
    id: string,
    name = id,
    shape = this.memory.value(id).shape,
    memory: Memory = this.memory,
  ): NamedTensor {
    return { name, shape: [...shape], data: memory.tensor(id).slice() }
  }

  private readGradients(): NamedTensor[] {
    const learned = this.program.parameters.filter((parameter) => parameter.learnable)
    const gradients = learned.map(({ value }) =>
      this.copy(gradientOf(value), value, this.memory.value(value).shape),
    )
    for (const { id, shape } of this.program.values.filter((value) => value.role === 'input')) {
      const gradient = gradientOf(id)
      if (!this.program.values.some((value) => value.id === gradient)) continue
      const { memory } = this.whole
      gradients.push(this.copy(gradient, id, [memory.steps(id), memory.batch, ...shape], memory))
    }
    return gradients
  }
}
