import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import type { Program, Value } from '../../program.ts'

/** The tensors of a program, by value id. Those per sample are laid out for the current batch. */
export class Memory {
  /** Samples of the current batch. */
  batch = 0
  readonly timeSteps: number
  private readonly largest: number
  private readonly values: Map<string, Value>
  private readonly data = new Map<string, Float32Array>()
  /** Memory that values gave back, by its length. */
  private readonly free = new Map<number, Float32Array[]>()

  constructor(program: Program) {
    this.timeSteps = program.timeSteps
    this.largest = program.batchSize
    this.values = new Map(program.values.map((value) => [value.id, value]))
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

  /** Steps that a value is kept for: T, or 1 where it is static. */
  steps(id: string): number {
    return this.value(id).time === 'sequence' ? this.timeSteps : 1
  }

  /** The tensor itself, `[T,B,...]`, `[1,B,...]` or as its shape says; it may be read and written. */
  tensor(id: string): Float32Array {
    const rows = this.value(id).time === 'none' ? 1 : this.steps(id) * this.batch
    const size = rows * this.width(id)
    let data = this.data.get(id)
    if (!data) {
      const most = this.value(id).time === 'none' ? 1 : this.steps(id) * this.largest
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

  release(): void {
    this.data.clear()
    this.free.clear()
  }
}
