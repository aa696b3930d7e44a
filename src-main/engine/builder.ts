import type {
  BackwardOp,
  ForwardOp,
  LossOp,
  Program,
  ProgramParameter,
  UpdateOp,
  Value,
  ValueRole,
} from './program.ts'
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

  /** Adds the gradient of an activation or input and returns its id. */
  gradient(value: string): string {
    const of = this.values.find(({ id }) => id === value)
    return this.sequence(gradientOf(value), 'gradient', of ? of.shape : [])
  }

  program(timeSteps: number, batchSize: number, seed: number, loss: LossOp): Program {
    const { values, parameters, forward, backward, update } = this
    return { timeSteps, batchSize, seed, values, parameters, forward, loss, backward, update }
  }
}
