import type { NeuronBackwardOp, NeuronOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'
import { neuronModel } from './index.ts'
import { emptyStep, firstStep, type NeuronModel, type NeuronStep } from './neuronModel.ts'

/** Names of the parameters that recurrent connections have: all to all, or each neuron to itself. */
export const recurrentNames = { weight: 'recurrent.weight', bias: 'recurrent.bias', own: 'V' } as const

/** A layer of neurons at work on one sample after the other. */
export class LayerSteps {
  readonly model: NeuronModel
  readonly width: number
  /** Numbers of each neuron, in the order of the model's parameters. */
  readonly constants: readonly Float32Array[]
  /** `[T][N]` of the sample that was run last. */
  readonly steps: readonly (readonly NeuronStep[])[]
  private readonly first: NeuronStep
  private readonly input: Float32Array
  private readonly inputRow: number
  private readonly row: number
  private readonly weight: Float32Array | null
  private readonly bias: Float32Array | null
  private readonly own: Float32Array | null

  constructor(op: NeuronOp | NeuronBackwardOp, memory: Memory) {
    this.model = neuronModel(op.neuron)
    this.width = memory.width(op.spikes)
    this.row = memory.batch * this.width
    this.input = memory.tensor(op.input)
    this.inputRow = memory.steps(op.input) === 1 ? 0 : this.row
    const tensor = (name: string) => memory.optional(op.parameters[name] ?? null)
    const tensors = this.model.parameters.map((name) => {
      const data = tensor(name)
      if (!data) throw new Error(`the neurons of "${op.layer}" have no ${name}`)
      return data
    })
    this.constants = Array.from({ length: this.width }, (_, n) =>
      Float32Array.from(tensors, (data) => data[data.length > 1 ? n : 0]),
    )
    this.weight = tensor(recurrentNames.weight)
    this.bias = tensor(recurrentNames.bias)
    this.own = tensor(recurrentNames.own)
    this.first = firstStep(this.model)
    this.steps = Array.from({ length: memory.timeSteps }, () =>
      Array.from({ length: this.width }, () => emptyStep(this.model)),
    )
  }

  before(t: number, n: number): NeuronStep {
    return t > 0 ? this.steps[t - 1][n] : this.first
  }

  inputAt(sample: number, t: number, n: number): number {
    return this.input[t * this.inputRow + sample * this.width + n]
  }

  /** V·S of the step before, with the rounding of one matrix product. */
  private feedback(t: number, n: number): number {
    if (this.own) return Math.fround(this.own[this.own.length > 1 ? n : 0] * this.before(t, n).spike)
    if (!this.weight) return 0
    let sum = 0
    for (let j = 0; j < this.width; j++) {
      if (this.before(t, j).spike === 1) sum += this.weight[n * this.width + j]
    }
    return Math.fround(Math.fround(sum) + (this.bias ? this.bias[n] : 0))
  }

  /** Runs all steps of a sample. */
  run(sample: number): void {
    this.steps.forEach((neurons, t) => {
      neurons.forEach((after, n) => {
        const input = this.inputAt(sample, t, n)
        this.model.step(this.constants[n], this.before(t, n), input, this.feedback(t, n), after)
      })
    })
  }
}
