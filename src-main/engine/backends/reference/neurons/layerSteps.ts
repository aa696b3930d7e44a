import type { NeuronBackwardOp, NeuronOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'
import { connectionsOf, type Connections } from './connections.ts'
import { neuronModel } from './index.ts'
import { emptyStep, firstStep, type NeuronModel, type NeuronStep } from './neuronModel.ts'

/** A layer of neurons at work on one sample after the other. */
export class LayerSteps {
  readonly model: NeuronModel
  readonly width: number
  /** Numbers of each neuron, in the order of the model's parameters. */
  readonly constants: readonly Float32Array[]
  /** `[T][N]` of the steps at work of the sample that was run last. */
  readonly steps: readonly (readonly NeuronStep[])[]
  readonly connections: Connections | null
  /** Of each neuron the step before the first one at work. */
  private readonly firsts: readonly NeuronStep[]
  private readonly memory: Memory
  private readonly layer: string
  private readonly input: Float32Array
  private readonly inputRow: number
  private readonly inhibits: boolean
  private readonly row: number

  constructor(op: NeuronOp | NeuronBackwardOp, memory: Memory) {
    this.memory = memory
    this.layer = op.layer
    this.model = neuronModel(op.neuron)
    this.inhibits = 'inhibition' in op.neuron && op.neuron.inhibition
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
    this.connections = connectionsOf(op, memory)
    this.firsts = Array.from({ length: this.width }, () => firstStep(this.model))
    this.steps = Array.from({ length: memory.timeSteps }, () =>
      Array.from({ length: this.width }, () => emptyStep(this.model)),
    )
  }

  before(t: number, n: number): NeuronStep {
    return t > 0 ? this.steps[t - 1][n] : this.firsts[n]
  }

  inputAt(sample: number, t: number, n: number): number {
    return this.input[t * this.inputRow + sample * this.width + n]
  }

  /** What other neurons hear of a neuron at the step before `t`. */
  heard(t: number, n: number): number {
    const before = this.before(t, n)
    return this.connections?.hears === 'membranes' ? before.states[0] : before.spike
  }

  /** What a neuron hears, with the rounding of one matrix product. */
  private feedback(t: number, n: number): number {
    const { connections } = this
    if (!connections) return 0
    let sum = 0
    connections.each(n, (source, at) => {
      const heard = this.heard(t, source)
      if (heard !== 0) sum += connections.weight[at] * heard
    })
    const { bias } = connections
    return Math.fround(Math.fround(sum) + (bias ? bias[connections.biasOf(n)] : 0))
  }

  private makeStep(sample: number, t: number, n: number, mayFire: boolean): void {
    const after = this.steps[t][n]
    after.mayFire = mayFire
    const input = this.inputAt(sample, t, n)
    this.model.step(this.constants[n], this.before(t, n), input, this.feedback(t, n), after)
  }

  /** Numbers that are kept of each neuron between two stretches: its states and its spike, or the gradients there. */
  get borderRow(): number {
    return this.model.states.length + 1
  }

  /** Where sample `sample` begins among what is kept of the layer between two stretches. */
  private left(sample: number, stretch: number): Float32Array {
    const row = this.width * this.borderRow
    const all = this.memory.borders.left(this.layer, stretch, this.memory.largest * row)
    return all.subarray(sample * row, (sample + 1) * row)
  }

  private resume(sample: number): void {
    const { index } = this.memory.stretch
    if (index === 0) return
    const row = this.borderRow
    const left = this.left(sample, index - 1)
    this.firsts.forEach((first, n) => {
      for (let i = 0; i < row - 1; i++) first.states[i] = left[n * row + i]
      first.spike = left[(n + 1) * row - 1]
    })
  }

  /** Keeps what the steps of a sample, which were run last, leave to the next stretch. */
  leave(sample: number): void {
    const { index } = this.memory.stretch
    if (index === this.memory.stretches - 1) return
    const left = this.left(sample, index)
    const row = this.borderRow
    this.steps[this.steps.length - 1].forEach(({ states, spike }, n) => {
      left.set(states, n * row)
      left[(n + 1) * row - 1] = spike
    })
  }

  /** Runs the steps at work of a sample. Of inhibited neurons the losers make their step again, without a spike. */
  run(sample: number): void {
    this.resume(sample)
    this.steps.forEach((neurons, t) => {
      neurons.forEach((_, n) => this.makeStep(sample, t, n, true))
      if (!this.inhibits) return
      const winner = neurons.reduce((best, { above }, n) => (above > neurons[best].above ? n : best), 0)
      neurons.forEach((_, n) => {
        if (n !== winner) this.makeStep(sample, t, n, false)
      })
    })
  }
}
