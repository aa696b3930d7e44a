import { encodingTables } from '../../../../src-shared/encodingTables.ts'
import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import type {
  Batch,
  BatchResult,
  Executor,
  GivenBatch,
  GivenGradients,
  ImageSource,
  LayerTrace,
  NamedTensor,
  SampleBatch,
  Split,
  StepProfile,
  TrainingState,
} from '../../executor.ts'
import type { LevelTable } from '../../../encoding/levels/levelTable.ts'
import { levelsOf } from '../../../encoding/levelsOf.ts'
import { gradientOf } from '../../builder.ts'
import { initialParameters } from '../../initialise.ts'
import type { NeuronOp, Program } from '../../program.ts'
import {
  checkBatch,
  checkGiven,
  checkInTurn,
  checkSource,
  checkState,
  checkWaiting,
  outputCount,
  findValue,
  optimizerTensors,
} from '../checks.ts'
import type { NativeMode, NativeNetwork, NativeResult, TensorPart } from './addon.ts'
import { withReasons } from './refusal.ts'
import { StepResults } from './stepResults.ts'

/** A tensor of the optimizer by its name: which parameter it belongs to, and what it is of it. */
function splitName(name: string): { parameter: string; part: TensorPart } {
  const dot = name.lastIndexOf('.')
  return { parameter: name.slice(0, dot), part: name.slice(dot + 1) as TensorPart }
}

/** What the input is made of: tables over grey levels; null where it is given, or nobody knows its encoding. */
export function inputLevels({ forward, timeSteps }: Program): LevelTable | null {
  const op = forward.find((candidate) => candidate.op === 'encode')
  if (!op || op.encoding === 'given' || !(op.encoding in encodingTables)) return null
  return levelsOf({ kind: op.encoding, params: op.params }, op.scale, timeSteps)
}

/** Runs programs in C++ threads; a step is one call, or several are. */
export class NativeExecutor implements Executor {
  readonly program: Program
  readonly engine = 'native'
  readonly device: string
  readonly threads: number
  private readonly network: NativeNetwork
  private readonly neurons: readonly NeuronOp[]
  private readonly sources = new Map<Split, ImageSource>()
  /** Room for the results of training steps, by the number of samples. */
  private readonly trained = new Map<number, NativeResult>()
  private readonly inTurn: StepResults
  /** Batches whose gradients wait for the next step. */
  private waiting = 0

  /** @param network of the program in C++ */
  constructor(program: Program, network: NativeNetwork, describe: (threads: number) => string) {
    this.program = program
    this.network = network
    this.threads = this.network.threads
    this.device = describe(this.threads)
    this.neurons = program.forward.filter((op) => op.op === 'neuron')
    const { batchSize } = program
    this.inTurn = new StepResults({ batchSize, outputs: outputCount(program), layers: this.neurons.length })
    // The optimizer's tensors are zero from the start.
    for (const { name, data } of initialParameters(program)) {
      this.network.write(name, 'value', data)
      // They are in C++ now; what may be megabytes need not wait for a collection.
      if (data.buffer instanceof ArrayBuffer) data.buffer.transfer(0)
    }
  }

  bind(split: Split, source: ImageSource): void {
    checkSource(this.program, split, source)
    this.network.bind(split, source.images, source.labels)
    this.sources.set(split, source)
  }

  train(batch: Batch, learningRate?: number): BatchResult {
    const result = this.run('train', batch, learningRate)
    this.waiting = 0
    return result
  }

  trainInTurn(batches: SampleBatch, learningRates: Float64Array): BatchResult[] {
    checkInTurn(this.program, batches, learningRates.length, this.sources)
    const room = this.inTurn.roomFor(learningRates.length)
    const steps = withReasons(this.threads, () => this.network.trainInTurn(batches, learningRates, room))
    return this.inTurn.take(room, steps, batches.indices.length)
  }

  accumulate(batch: Batch): BatchResult {
    checkWaiting(this.program, this.waiting)
    const result = this.run('accumulate', batch)
    this.waiting++
    return result
  }

  evaluate(batch: Batch): BatchResult {
    return this.run('evaluate', batch)
  }

  trace(batch: Batch): LayerTrace[] {
    const size = checkBatch(this.program, batch, this.sources)
    const layers = this.neurons.map(({ layer, spikes, states }) => {
      const neurons = elementCount(findValue(this.program, spikes).shape)
      const length = this.program.timeSteps * size * neurons
      const membrane = new Float32Array(length)
      const others = Object.keys(states).map((name) => [name, new Float32Array(length)] as const)
      return { layer, neurons, spikes: new Uint8Array(length), membrane, states: Object.fromEntries(others) }
    })
    withReasons(this.threads, () => this.network.trace(batch, this.emptyResult(size), layers))
    return layers
  }

  gradients(batch: Batch): { result: BatchResult; gradients: NamedTensor[] } {
    const result = this.run('gradients', batch)
    return { result, gradients: this.readGradients(result.predictions.length) }
  }

  backpropagate(batch: GivenBatch, given: GivenGradients): NamedTensor[] {
    const size = checkBatch(this.program, batch, this.sources, false)
    checkGiven(this.program, size, given)
    withReasons(this.threads, () => this.network.backpropagate(batch, given.spikes, given.membrane))
    return this.readGradients(size)
  }

  readState(): TrainingState {
    return {
      parameters: this.program.parameters.map(({ value }) => this.read(value, value, 'value')),
      optimizer: optimizerTensors(this.program).map((name) => {
        const { parameter, part } = splitName(name)
        return this.read(name, parameter, part)
      }),
      step: this.network.step,
    }
  }

  writeState(state: TrainingState): void {
    checkState(this.program, state)
    for (const { name, data } of state.parameters) this.network.write(name, 'value', data)
    for (const { name, data } of state.optimizer) {
      const { parameter, part } = splitName(name)
      this.network.write(parameter, part, data)
    }
    this.network.step = state.step
    this.waiting = 0
  }

  startProfile(): void {
    this.network.profile(true)
  }

  endProfile(): StepProfile {
    const { steps, seconds, rows } = this.network.readProfile()
    this.network.profile(false)
    const opOf = (layer: string) => this.program.forward.find((op) => 'layer' in op && op.layer === layer)?.op
    return { steps, seconds, ops: rows.map((row) => ({ ...row, op: opOf(row.layer) ?? row.op })) }
  }

  dispose(): void {
    this.network.dispose()
    this.sources.clear()
  }

  private run(mode: NativeMode, batch: Batch, learningRate?: number): BatchResult {
    const size = checkBatch(this.program, batch, this.sources)
    const result = mode === 'train' ? this.trainingResult(size) : this.emptyResult(size)
    withReasons(this.threads, () => this.network.run(mode, batch, result, learningRate))
    return result
  }

  private emptyResult(size: number): NativeResult {
    return {
      loss: 0,
      penalty: 0,
      correct: 0,
      predictions: new Int32Array(size),
      counts: new Float32Array(size * outputCount(this.program)),
      layerSpikes: new Float64Array(this.neurons.length),
    }
  }

  /** The same result for every batch of a size, so that thousands of steps leave nothing to collect. */
  private trainingResult(size: number): NativeResult {
    const result = this.trained.get(size) ?? this.emptyResult(size)
    this.trained.set(size, result)
    return { ...result }
  }

  private read(name: string, parameter: string, part: TensorPart): NamedTensor {
    const { shape } = findValue(this.program, parameter)
    const data = new Float32Array(elementCount(shape))
    this.network.read(parameter, part, data)
    return { name, shape: [...shape], data }
  }

  private readGradients(size: number): NamedTensor[] {
    const learned = this.program.parameters.filter((parameter) => parameter.learnable)
    const gradients = learned.map(({ value }) => this.read(value, value, 'gradient'))
    for (const { id, shape, time } of this.program.values.filter((value) => value.role === 'input')) {
      if (!this.program.values.some((value) => value.id === gradientOf(id))) continue
      const batchShape = [time === 'static' ? 1 : this.program.timeSteps, size, ...shape]
      const data = new Float32Array(elementCount(batchShape))
      this.network.readInputGradient(data)
      gradients.push({ name: id, shape: batchShape, data })
    }
    return gradients
  }
}
