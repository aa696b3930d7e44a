import type { StepMemory } from '../../src-shared/contract.ts'
import type { EngineId } from '../../src-shared/experiment.ts'
import type { Program } from './program.ts'

/** Images as they lie in memory: one byte a value, `x = byte / 255`. */
export interface ImageSource {
  /** `[count, ...shape]`, row-major. */
  images: Uint8Array
  labels: Uint8Array
  count: number
}

export type Split = 'train' | 'test'

/** Samples of a bound source, encoded by the program; `epoch` keys the random streams of training. */
export interface SampleBatch {
  kind: 'samples'
  split: Split
  indices: Uint32Array
  epoch: number
  /** Places of the batch that will follow, so that its images may be fetched meanwhile: a hint. */
  next?: Uint32Array
}

/** Images that the program encodes too, handed over with the batch, since they were changed for it. */
export interface ImageBatch {
  kind: 'images'
  split: Split
  /** Places in the dataset; with the epoch they key the random streams. */
  indices: Uint32Array
  epoch: number
  /** `[B,C,H,W]`, bytes. */
  pixels: Uint8Array
  labels: Uint8Array
}

/** Input given as numbers: `[T,B,...]`, or `[1,B,...]` where the program's input is static. */
export interface ValueBatch {
  kind: 'values'
  values: Float32Array
  labels: Uint8Array
}

/**
 * Input given as sparse frames `[T,B,...]`: only the places that are not zero, sample by sample, step by step. It
 * is what event recordings and encoders outside the engine hand over. Where the program's input is static there is
 * one step.
 */
export interface FrameBatch {
  kind: 'frames'
  /** B. */
  samples: number
  /** `[B*T+1]`: entries of sample b at step t are `starts[b*T+t]` up to `starts[b*T+t+1]`. */
  starts: Uint32Array
  /** Index in a frame (row-major over the input shape), ascending within a step, each once. */
  places: Uint32Array
  /** Value of each entry; null where all are 1, as a program whose input is spikes demands. */
  values: Float32Array | null
  labels: Uint8Array
}

export type Batch = SampleBatch | ImageBatch | ValueBatch | FrameBatch

/** Batches that programs of given values take. */
export type GivenBatch = ValueBatch | FrameBatch

/** What a step gave. The arrays of a training step are good until the next one of the same executor, which may write into them. */
export interface BatchResult {
  /** The loss as defined, over the samples of this batch. */
  loss: number
  /** What the regularisers add to it. */
  penalty: number
  correct: number
  /** Class of each sample. */
  predictions: Int32Array
  /** Output spikes summed over the steps, `[B,outputs]`. */
  counts: Float32Array
  /** Spikes of each neuron layer in this batch, in the order of the layers. */
  layerSpikes: Float64Array
  /**
   * Training: a parameter that the step has left with NaN or infinite values, or would have: where the norm of all
   * gradients is NaN there is no step, and the parameter may be one whose gradient is. Absent where all are finite.
   */
  notFinite?: string
}

/** Gradients at the last neuron layer, `[T,B,N]`; null is zero. */
export interface GivenGradients {
  spikes: Float32Array | null
  membrane: Float32Array | null
}

/** What one neuron layer did: `[T,B,N]`, time first. */
export interface LayerTrace {
  layer: string
  neurons: number
  spikes: Uint8Array
  membrane: Float32Array
  /** Its other states by name. */
  states: Record<string, Float32Array>
}

export interface NamedTensor {
  name: string
  shape: number[]
  data: Float32Array
}

/** Everything that training changes; enough to go on bit for bit. */
export interface TrainingState {
  parameters: NamedTensor[]
  /** Named `<parameter>.<state>`, e.g. `fc1.weight.firstMoment`. */
  optimizer: NamedTensor[]
  /** Optimizer steps done. */
  step: number
}

/** Seconds that one op took, of all threads together; an op that belongs to no layer has none. */
export interface OpTime {
  /** Name of the op of the way forward, or what else there is to do: `prepare`. */
  op: string
  layer: string
  forward: number
  /** To the gradient at its input. */
  backward: number
  /** Gradients of its parameters, and their update. */
  update: number
}

export interface StepProfile {
  steps: number
  /** How long the steps took, from call to return. */
  seconds: number
  ops: OpTime[]
}

/** A program on a backend, with its parameters. All calls are synchronous; one at a time. */
export interface Executor {
  readonly program: Program
  readonly engine: EngineId
  /** What it runs on in words, e.g. `AVX-512, 2 threads`. */
  readonly device: string
  readonly threads: number
  bind(split: Split, source: ImageSource): void
  /**
   * Forward, backward, update. The gradients are averaged with those of the batches accumulated since the last step.
   * Where the loss is NaN or infinite there is no update and no step.
   *
   * @param learningRate of this step; that of the program where left out
   */
  train(batch: Batch, learningRate?: number): BatchResult
  /**
   * Several steps in one call, the same as `train` of each batch, bit for bit; not every engine can. Ends after a step
   * whose loss or penalty is not finite, or that leaves a parameter so: its result is the last. Like those of `train`
   * the results are good until the next training step.
   *
   * @param batches as many as there are learning rates, one after the other, each of the program's batch size; the
   *   last may be short
   * @throws SpikedeskError `engine.inTurn` where there are more or fewer, none at all, or the program averages batches;
   *   what `train` throws, before the first step
   */
  trainInTurn?(batches: SampleBatch, learningRates: Float64Array): BatchResult[]
  /**
   * Forward and backward; the gradients wait for the next `train`. They are no part of the state: writing one drops
   * them.
   *
   * @throws SpikedeskError `engine.accumulation` where as many batches wait as the program averages with the next
   */
  accumulate(batch: Batch): BatchResult
  /** Forward and loss, nothing stored. */
  evaluate(batch: Batch): BatchResult
  /** Forward with every spike and membrane kept. */
  trace(batch: Batch): LayerTrace[]
  /**
   * Forward and backward without the update; the gradient of every learnable parameter under the parameter's
   * name, then that of the input (under the name of its value, shaped as the batch) where the program has it.
   */
  gradients(batch: Batch): { result: BatchResult; gradients: NamedTensor[] }
  /**
   * Forward and backward with gradients given at what the last neuron layer hands on and at its recorded membrane,
   * `[T,B,N]` each, in place of those of the loss. They reach the last `neuronBackward` where it names a
   * gradient for them, else they arrive nowhere. Returns what `gradients` returns.
   */
  backpropagate(batch: GivenBatch, given: GivenGradients): NamedTensor[]
  readState(): TrainingState
  /** Takes a state of the same program; throws `engine.state` where names or shapes differ. */
  writeState(state: TrainingState): void
  /** Times its ops from here on, having forgotten what it timed before; not every engine can. */
  startProfile?(): void
  /** The times since `startProfile`, which it ends. */
  endProfile?(): StepProfile
  dispose(): void
}

/** What an executor itself takes; a copy of its state is none of it. */
export type EngineMemory = Omit<StepMemory, 'copy'>

/** A backend: whether it is to be had here, and how it makes executors. */
export interface Backend {
  id: EngineId
  /** Null where it runs; else the reason why not. */
  unavailable(): string | null
  /** What it runs on, and the threads that it takes where none are asked for. Only called where it runs. */
  hardware(): { device: string; threads: number }
  create(program: Program, threads: number): Executor
  /**
   * What an executor of the program takes for training, before there is one.
   *
   * @param threads 0 takes all cores
   */
  memory(program: Program, threads: number): EngineMemory
}
