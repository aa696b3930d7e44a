import type { BatchResult } from '../../executor.ts'

/** Results of several steps, one after the other; the addon fills the arrays in place, which may be longer. */
export interface NativeSteps {
  losses: Float64Array
  penalties: Float64Array
  correct: Int32Array
  /** `[samples]` */
  predictions: Int32Array
  /** `[samples, outputs]` */
  counts: Float32Array
  /** `[steps, layers]` */
  layerSpikes: Float64Array
  /** Of the last step. */
  notFinite?: string
}

/** How large the results of one step are. */
interface StepShape {
  batchSize: number
  outputs: number
  layers: number
}

type StepArrays = Pick<BatchResult, 'predictions' | 'counts' | 'layerSpikes'>

/** Room for the results of steps in turn: the same for every call, so that thousands of them leave nothing to collect. */
export class StepResults {
  readonly #shape: StepShape
  #room: NativeSteps
  /** What is in the room of each step with a full batch. */
  #arrays: StepArrays[] = []

  constructor(shape: StepShape) {
    this.#shape = shape
    this.#room = this.#make(0)
  }

  /** Where the results of so many steps go. */
  roomFor(steps: number): NativeSteps {
    if (steps > this.#arrays.length) {
      this.#room = this.#make(steps)
      this.#arrays = Array.from({ length: steps }, (_, i) => this.#arraysOf(i, this.#shape.batchSize))
    }
    return { ...this.#room }
  }

  /** What is in `room` of the first steps, whose batches have so many samples in all. */
  take(room: NativeSteps, steps: number, samples: number): BatchResult[] {
    const { batchSize } = this.#shape
    const results: BatchResult[] = []
    for (let i = 0; i < steps; i++) {
      const size = Math.min(batchSize, samples - i * batchSize)
      const [loss, penalty, correct] = [room.losses[i], room.penalties[i], room.correct[i]]
      const arrays = size === batchSize ? this.#arrays[i] : this.#arraysOf(i, size)
      results.push({ loss, penalty, correct, ...arrays })
    }
    if (room.notFinite !== undefined) results[steps - 1].notFinite = room.notFinite
    return results
  }

  #make(steps: number): NativeSteps {
    const { batchSize, outputs, layers } = this.#shape
    return {
      losses: new Float64Array(steps),
      penalties: new Float64Array(steps),
      correct: new Int32Array(steps),
      predictions: new Int32Array(steps * batchSize),
      counts: new Float32Array(steps * batchSize * outputs),
      layerSpikes: new Float64Array(steps * layers),
    }
  }

  #arraysOf(step: number, size: number): StepArrays {
    const { batchSize, outputs, layers } = this.#shape
    const first = step * batchSize
    return {
      predictions: this.#room.predictions.subarray(first, first + size),
      counts: this.#room.counts.subarray(first * outputs, (first + size) * outputs),
      layerSpikes: this.#room.layerSpikes.subarray(step * layers, (step + 1) * layers),
    }
  }
}
