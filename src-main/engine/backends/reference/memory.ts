import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import type { Program, Value } from '../../program.ts'
import { longestStretch, type Stretch } from '../../stretches.ts'
import { Borders } from './borders.ts'

/** The tensors of a program, by value id. Those per sample are laid out for the current batch. */
export class Memory {
  /** Samples of the current batch. */
  batch = 0
  /** The steps at work: all, or a stretch of them. */
  stretch: Stretch
  /** Stretches of steps. */
  readonly stretches: number
  /** T. */
  readonly allSteps: number
  readonly borders = new Borders()
  private readonly longest: number
  /** Samples of the largest batch. */
  readonly largest: number
  /** Spikes of each neuron so far, where steps go in stretches and somebody counts them. */
  private readonly counts = new Map<string, Float64Array>()
  private readonly values: Map<string, Value>
  private readonly data = new Map<string, Float32Array>()
  /** Memory that values gave back, by its length. */
  private readonly free = new Map<number, Float32Array[]>()

  constructor(program: Program) {
    this.allSteps = program.timeSteps
    this.longest = longestStretch(program)
    this.stretches = Math.ceil(this.allSteps / this.longest)
    this.stretch = { index: 0, first: 0, steps: this.longest }
    this.largest = program.batchSize
    this.values = new Map(program.values.map((value) => [value.id, value]))
  }

  /** Steps at work. */
  get timeSteps(): number {
    return this.stretch.steps
  }

  value(id: string): Value {
    const value = this.values.get(id)
    if (!value) throw new Error(`the program has no value "${id}"`)
    return value
  }

  /** Elements of one sample at one step, or of the whole tensor where it is not per sample. */
  width(id: string): number {
    return elementCount(this.value(id).shape)
  }

  /** Steps that a value has of those at work: all of them, or 1 where it is static. */
  steps(id: string): number {
    return this.value(id).time === 'sequence' ? this.timeSteps : 1
  }

  /** The tensor itself, `[T,B,...]`, `[1,B,...]` or as its shape says; it may be read and written. */
  tensor(id: string): Float32Array {
    const rows = this.value(id).time === 'none' ? 1 : this.steps(id) * this.batch
    const size = rows * this.width(id)
    let data = this.data.get(id)
    if (!data) {
      const { time } = this.value(id)
      const most = time === 'none' ? 1 : (time === 'static' ? 1 : this.longest) * this.largest
      const length = most * this.width(id)
      data = this.free.get(length)?.pop() ?? new Float32Array(length)
      this.data.set(id, data)
    }
    return data.subarray(0, size)
  }

  /** `tensor`, or null for no value. */
  optional(id: string | null): Float32Array | null {
    return id === null ? null : this.tensor(id)
  }

  /** Gives the memory of a value to others of its length; what it held is lost. */
  giveBack(id: string): void {
    const data = this.data.get(id)
    if (!data) return
    this.data.delete(id)
    this.free.set(data.length, [...(this.free.get(data.length) ?? []), data])
  }

  /** Spikes of each neuron over all steps, `[B,N]`. */
  spikeCounts(id: string): Float64Array {
    return this.counts.get(id) ?? this.addSpikes(id, new Float64Array(this.batch * this.width(id)))
  }

  /** Adds the spikes of the stretch at work to those of the stretches before it. */
  countSpikes(id: string): void {
    const before = this.stretch.index > 0 ? this.counts.get(id) : undefined
    this.counts.set(id, this.addSpikes(id, before ?? new Float64Array(this.batch * this.width(id))))
  }

  private addSpikes(id: string, counts: Float64Array): Float64Array {
    this.tensor(id).forEach((spike, i) => (counts[i % counts.length] += spike))
    return counts
  }

  release(): void {
    this.borders.release()
    this.counts.clear()
    this.data.clear()
    this.free.clear()
  }
}
