import type { BackwardOp, ForwardOp, LossOp, Program, ProgramParameter, Value, ValueRole } from './program.ts'
import type { UpdateOp } from './updateOps.ts'
import type { ParameterSpec } from '../../src-shared/model/layerDefinition.ts'

/** The id of the gradient of a value. */
export function gradientOf(value: string): string {
  return `${value}.gradient`
}

/**
 * Collects the values and ops of a program while layers, loss and optimizer write theirs. Everything is born
 * as a float32 sequence; the passes say what is static and what is spikes.
 */
export class ProgramBuilder {
  readonly values: Value[] = []
  readonly parameters: ProgramParameter[] = []
  readonly forward: ForwardOp[] = []
  readonly backward: BackwardOp[] = []
  readonly update: UpdateOp[] = []
  penalties: Program['penalties'] = []
  clipping: Program['clipping'] = null
  accumulation = 1
  recompute = false
  stretch = 0
  private readonly readers = new Map<string, number>()
  private readonly parts = new Map<string, string[]>()
  /** Steps after which the gradient through time is cut; 0 is never. */
  readonly truncation: number

  constructor(truncation = 0) {
    this.truncation = truncation
  }

  /** Adds a value `[T,B,...shape]` and returns its id. */
  sequence(id: string, role: ValueRole, shape: readonly number[]): string {
    this.values.push({ id, role, format: 'float32', time: 'sequence', shape: [...shape] })
    return id
  }

  /** Adds a value that is not per sample and returns its id. */
  tensor(id: string, role: ValueRole, shape: readonly number[]): string {
    this.values.push({ id, role, format: 'float32', time: 'none', shape: [...shape] })
    return id
  }

  /** Adds a parameter of a layer and, where it is learned, its gradient. */
  parameter(layer: string, spec: ParameterSpec): void {
    const { learnable, initialise } = spec
    const value = this.tensor(`${layer}.${spec.name}`, 'parameter', spec.shape)
    this.parameters.push({ value, layer, learnable, initialise })
    if (learnable) this.tensor(gradientOf(value), 'parameterGradient', spec.shape)
  }

  /** Id of the gradient of a parameter; null where it is not learned. */
  learnedGradient(value: string): string | null {
    return this.parameters.some((p) => p.value === value && p.learnable) ? gradientOf(value) : null
  }

  /** Says that a layer reads a value. */
  read(value: string): void {
    this.readers.set(value, (this.readers.get(value) ?? 0) + 1)
  }

  /**
   * Adds the gradient that one reader of an activation or input sends back, and returns its id: that of the whole
   * gradient, or of a part of it where others read the value too.
   */
  gradient(value: string): string {
    const whole = gradientOf(value)
    const parts = this.parts.get(value) ?? []
    const id = (this.readers.get(value) ?? 0) > 1 ? `${whole}.${parts.length + 1}` : whole
    this.parts.set(value, [...parts, id])
    const of = this.values.find((candidate) => candidate.id === value)
    return this.sequence(id, 'gradient', of ? of.shape : [])
  }

  /** Id of the gradient that arrives at a layer's value from all its readers, added up; null where none does. */
  arriving(value: string, layer: string): string | null {
    const whole = gradientOf(value)
    const parts = this.parts.get(value) ?? []
    if (parts.length === 0 || parts[0] === whole) return parts.at(0) ?? null
    const shape = this.values.find(({ id }) => id === value)?.shape ?? []
    const output = this.sequence(whole, 'gradient', shape)
    this.backward.push({ op: 'accumulate', layer, inputs: parts, output })
    return whole
  }

  program(timeSteps: number, batchSize: number, seed: number, loss: LossOp): Program {
    const { values, parameters, forward, backward, update, penalties, clipping, accumulation } = this
    const { recompute, stretch } = this
    const ops = { forward, loss, penalties, backward, update, clipping, accumulation }
    return { timeSteps, batchSize, seed, values, parameters, ...ops, recompute, stretch }
  }
}
