import { gradientOf } from '../../builder.ts'
import type { Program } from '../../program.ts'
import { stretchesOf, type Stretch } from '../../stretches.ts'
import { Memory } from './memory.ts'

/**
 * What of a program outlives a stretch of its steps: what the loss reads, gradients at that and at the input, counts of
 * spikes, and the sums of the parameters' gradients. Where all steps go together it is the working memory itself.
 */
export class WholeValues {
  readonly memory: Memory
  readonly stretches: readonly Stretch[]
  readonly #working: Memory
  readonly #program: Program
  readonly #sums = new Map<string, Float64Array>()

  constructor(program: Program, working: Memory) {
    this.#program = program
    this.#working = working
    this.stretches = stretchesOf(program)
    this.memory = this.#stretched ? new Memory({ ...program, stretch: 0 }) : working
  }

  get #stretched(): boolean {
    return this.stretches.length > 1
  }

  /** Before a batch of so many samples. */
  begin(batch: number): void {
    this.#working.batch = batch
    this.memory.batch = batch
  }

  /** After the first way through a stretch. */
  keep(): void {
    if (!this.#stretched) return
    const { input, spikes } = this.#program.loss
    for (const id of new Set([input, spikes])) this.#ofStretch(id).set(this.#working.tensor(id))
    for (const { spikes: id } of this.#program.penalties) this.#working.countSpikes(id)
  }

  /** Before the way back through a stretch: takes the gradients at the last layer. */
  handOver(ids: Iterable<string>): void {
    if (!this.#stretched) return
    for (const id of ids) this.#working.tensor(id).set(this.#ofStretch(id))
  }

  /** After the way back through a stretch, of which the last one is the first. */
  addUp(): void {
    if (!this.#stretched) return
    const { index } = this.#working.stretch
    const isFirst = index === this.stretches.length - 1
    for (const { id, role } of this.#program.values) {
      if (role === 'parameterGradient') this.#addSum(id, isFirst)
      if (role === 'input') this.#keepInputGradient(gradientOf(id), isFirst)
    }
  }

  release(): void {
    this.memory.release()
    this.#sums.clear()
  }

  /** Of a value of all steps those of the stretch at work. */
  #ofStretch(id: string): Float32Array {
    const { first, steps } = this.#working.stretch
    const row = this.memory.batch * this.memory.width(id)
    return this.memory.tensor(id).subarray(first * row, (first + steps) * row)
  }

  #addSum(id: string, isFirst: boolean): void {
    const gradient = this.#working.tensor(id)
    const sum = this.#sums.get(id) ?? new Float64Array(gradient.length)
    this.#sums.set(id, sum)
    if (isFirst) sum.fill(0)
    gradient.forEach((value, i) => (sum[i] += value))
    gradient.set(sum)
  }

  #keepInputGradient(id: string, isFirst: boolean): void {
    const value = this.#program.values.find((candidate) => candidate.id === id)
    if (!value) return
    const found = this.#working.tensor(id)
    if (value.time === 'sequence') return this.#ofStretch(id).set(found)
    const whole = this.memory.tensor(id)
    if (isFirst) whole.set(found)
    else found.forEach((each, i) => (whole[i] += each))
  }
}
