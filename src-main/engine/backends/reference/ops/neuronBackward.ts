import type { NeuronBackwardOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'
import { LayerSteps, recurrentNames } from '../neurons/layerSteps.ts'
import type { StepGradients } from '../neurons/neuronModel.ts'

/** Gradients of recurrent connections, and what they carry back to the spikes of the step before. */
class Recurrence {
  readonly weight: Float64Array
  readonly bias: Float64Array
  readonly own: Float64Array
  private readonly weights: Float32Array | null
  private readonly owns: Float32Array | null
  private readonly layer: LayerSteps

  constructor(op: NeuronBackwardOp, memory: Memory, layer: LayerSteps) {
    this.layer = layer
    this.weights = memory.optional(op.parameters[recurrentNames.weight] ?? null)
    this.owns = memory.optional(op.parameters[recurrentNames.own] ?? null)
    this.weight = new Float64Array(this.weights?.length ?? 0)
    this.bias = new Float64Array(layer.width)
    this.own = new Float64Array(this.owns?.length ?? 0)
  }

  /** Takes the gradients at the inputs of step `t`; returns those at the spikes of the step before. */
  back(t: number, atInput: Float64Array): Float64Array {
    const { weights, owns, layer } = this
    const atSpikes = new Float64Array(layer.width)
    atInput.forEach((gradient, n) => {
      if (owns) {
        const at = owns.length > 1 ? n : 0
        atSpikes[n] += owns[at] * gradient
        this.own[at] += gradient * layer.before(t, n).spike
      }
      if (!weights) return
      this.bias[n] += gradient
      for (let j = 0; j < layer.width; j++) {
        atSpikes[j] += weights[n * layer.width + j] * gradient
        this.weight[n * layer.width + j] += gradient * layer.before(t, j).spike
      }
    })
    return atSpikes
  }
}

/** Back through time for every neuron; its states are run again rather than kept. */
export function neuronBackward(op: NeuronBackwardOp, memory: Memory): void {
  const { timeSteps, batch } = memory
  const layer = new LayerSteps(op, memory)
  const { model, width } = layer
  const recurrence = new Recurrence(op, memory, layer)
  const spikesGradient = memory.optional(op.spikesGradient)
  const membraneGradient = memory.optional(op.membraneGradient)
  const inputGradient = memory.optional(op.inputGradient)
  const isStatic = memory.steps(op.input) === 1
  const row = batch * width
  inputGradient?.fill(0)
  const sums = layer.constants.map(() => new Float64Array(model.parameters.length))
  for (let sample = 0; sample < batch; sample++) {
    layer.run(sample)
    const carried: StepGradients[] = sums.map((parameters) => ({
      states: new Float64Array(model.states.length),
      spike: 0,
      parameters,
    }))
    let fedBack: Float64Array = new Float64Array(width)
    const inputs = new Float64Array(isStatic ? width : 0)
    for (let t = timeSteps - 1; t >= 0; t--) {
      if (op.truncation > 0 && (t + 1) % op.truncation === 0) {
        for (const { states } of carried) states.fill(0)
        fedBack.fill(0)
      }
      const atInput = Float64Array.from(carried, (gradients, n) => {
        const at = t * row + sample * width + n
        gradients.states[0] += membraneGradient ? membraneGradient[at] : 0
        gradients.spike = fedBack[n] + (spikesGradient ? spikesGradient[at] : 0)
        const input = layer.inputAt(sample, t, n)
        return model.back(layer.constants[n], layer.before(t, n), input, layer.steps[t][n], gradients)
      })
      fedBack = recurrence.back(t, atInput)
      if (isStatic) atInput.forEach((gradient, n) => (inputs[n] += gradient))
      else inputGradient?.set(atInput, t * row + sample * width)
    }
    if (isStatic) inputGradient?.set(inputs, sample * width)
  }
  for (const [name, id] of Object.entries(op.parameterGradients)) {
    const gradient = memory.tensor(id)
    const index = model.parameters.indexOf(name)
    if (name === recurrentNames.weight) gradient.set(recurrence.weight)
    else if (name === recurrentNames.bias) gradient.set(recurrence.bias)
    else if (name === recurrentNames.own) gradient.set(recurrence.own)
    else if (gradient.length === 1) gradient[0] = sums.reduce((sum, each) => sum + each[index], 0)
    else gradient.set(sums.map((each) => each[index]))
  }
}
