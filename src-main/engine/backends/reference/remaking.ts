import { operandsOf } from '../../operands.ts'
import type { BackwardOp, ForwardOp, Program } from '../../program.ts'
import { remadeOps } from '../../recomputing.ts'

/** What is done with the values that are made again. */
export interface RemakingActions {
  /** Runs an op of the way forward once more. */
  make(op: ForwardOp): void
  /** Gives the memory of a value back. */
  release(id: string): void
}

/**
 * The values of a program that recomputes: each lives on the way forward until it was last read, and on the way back
 * while an op reads it or what is made of it.
 */
export class Remaking {
  readonly #actions: RemakingActions
  /** The op that makes each of them; none where the program keeps everything. */
  readonly #makers = new Map<string, ForwardOp>()
  readonly #lastReaders = new Map<string, ForwardOp>()
  readonly #present = new Set<string>()

  constructor({ forward, recompute }: Program, actions: RemakingActions) {
    this.#actions = actions
    if (!recompute) return
    for (const op of forward) {
      for (const id of operandsOf(op).reads) if (this.#makers.has(id)) this.#lastReaders.set(id, op)
      if (op.op !== 'encode' && op.op !== 'neuron' && op.op !== 'gradedSpikes' && remadeOps.includes(op.op))
        this.#makers.set(op.output, op)
    }
  }

  /** Whether a value is made again. */
  has(id: string): boolean {
    return this.#makers.has(id)
  }

  /** After an op of the way forward. */
  ran(op: ForwardOp): void {
    for (const [id, reader] of this.#lastReaders) if (reader === op) this.#actions.release(id)
  }

  /** Before an op of the way back: makes what it reads. */
  before(op: BackwardOp): void {
    for (const id of operandsOf(op).reads) this.#make(id)
  }

  /** After an op of the way back: nothing is left of what it read. */
  after(): void {
    for (const id of this.#present) this.#actions.release(id)
    this.#present.clear()
  }

  #make(id: string): void {
    const op = this.#makers.get(id)
    if (!op || this.#present.has(id)) return
    for (const read of operandsOf(op).reads) this.#make(read)
    this.#actions.make(op)
    this.#present.add(id)
  }
}
