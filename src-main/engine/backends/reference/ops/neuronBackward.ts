import { findSurrogate } from '../../../../../src-shared/model/surrogates.ts'
import { philox, purposes } from '../../../../../src-shared/philox.ts'
import type { NeuronBackwardOp } from '../../../program.ts'
import type { DrawKey } from '../drawKey.ts'
import type { Memory } from '../memory.ts'
import { LayerSteps } from '../neurons/layerSteps.ts'
import type { StepGradients } from '../neurons/neuronModel.ts'

/** Gradients of connections inside the layer, and what these carry back to the step before. */
class ConnectionsBack {
  readonly weight: Float64Array
  readonly bias: Float64Array
  private readonly layer: LayerSteps
  private readonly atHeard: Float64Array

  constructor(layer: LayerSteps) {
    this.layer = layer
    this.atHeard = new Float64Array(layer.width)
    this.weight = new Float64Array(layer.connections?.weight.length ?? 0)
    this.bias = new Float64Array(layer.connections?.bias?.length ?? 0)
  }

  /** Takes the gradients at the inputs of step `t`; returns those at what was heard of the step before, until it is called anew. */
  back(t: number, atInput: Float64Array): Float64Array {
    const { connections } = this.layer
    const { atHeard } = this
    atHeard.fill(0)
    if (!connections) return atHeard
    atInput.forEach((gradient, n) => {
      if (connections.bias) this.bias[connections.biasOf(n)] += gradient
      connections.each(n, (source, at) => {
        atHeard[source] += connections.weight[at] * gradient
        this.weight[at] += gradient * this.layer.heard(t, source)
      })
    })
    return atHeard
  }
}

/** What goes back over the start of a stretch of steps: gradients at the states of a sample's neurons and at what is heard. */
class CarriedBack {
  /** Null where all steps go together. */
  private readonly values: Float64Array | null
  private readonly row: number
  private readonly arrives: boolean

  constructor(layer: LayerSteps, memory: Memory, name: string, sample: number) {
    this.row = layer.borderRow
    const length = layer.width * this.row
    this.arrives = memory.stretch.index < memory.stretches - 1
    this.values =
      memory.stretches > 1
        ? memory.borders
            .carried(name, memory.largest * length)
            .subarray(sample * length, (sample + 1) * length)
        : null
  }

  /** Begins with what the stretch after this one has left. */
  take(carried: readonly StepGradients[], fedBack: Float64Array): void {
    const { values, row } = this
    if (!values || !this.arrives) return
    carried.forEach(({ states }, n) => {
      for (let i = 0; i < states.length; i++) states[i] = values[n * row + i]
      fedBack[n] = values[(n + 1) * row - 1]
    })
  }

  /** Keeps what goes on to the stretch before this one. */
  leave(carried: readonly StepGradients[], fedBack: Float64Array): void {
    const { values, row } = this
    if (!values) return
    carried.forEach(({ states }, n) => {
      values.set(states, n * row)
      values[(n + 1) * row - 1] = fedBack[n]
    })
  }
}

/** Draws what surrogates need of all neurons and steps of a sample. */
function drawFor(
  sample: number,
  { neuron, stream }: NeuronBackwardOp,
  layer: LayerSteps,
  { seed, step }: DrawKey,
  first: number,
): void {
  if (!findSurrogate(neuron.surrogate.name)?.draws) return
  const words = new Uint32Array(4)
  layer.steps.forEach((neurons, t) => {
    neurons.forEach((after, n) => {
      philox(seed, purposes.surrogate, n, stream * 2 ** 16 + first + t, sample, step, words)
      after.drawn = (words[0] >>> 8) / 2 ** 24
    })
  })
}

/** Back through time for every neuron; its states are run again rather than kept. */
export function neuronBackward(op: NeuronBackwardOp, memory: Memory, key: DrawKey): void {
  const { timeSteps, batch, stretch } = memory
  const layer = new LayerSteps(op, memory)
  const { model, width } = layer
  const connections = new ConnectionsBack(layer)
  const throughMembranes = layer.connections?.hears === 'membranes'
  const spikesGradient = memory.optional(op.spikesGradient)
  const membraneGradient = memory.optional(op.membraneGradient)
  const inputGradient = memory.optional(op.inputGradient)
  const isStatic = memory.value(op.input).time === 'static'
  const row = batch * width
  inputGradient?.fill(0)
  const sums = layer.constants.map(() => new Float64Array(model.parameters.length))
  const inputs = new Float64Array(isStatic ? width : 0)
  const atInput = new Float64Array(width)
  let fedBack: Float64Array = new Float64Array(width)
  const carried: StepGradients[] = sums.map((parameters) => ({
    states: new Float64Array(model.states.length),
    spike: 0,
    parameters,
  }))
  for (let sample = 0; sample < batch; sample++) {
    layer.run(sample)
    drawFor(sample, op, layer, key, stretch.first)
    for (const { states } of carried) states.fill(0)
    fedBack.fill(0)
    const border = new CarriedBack(layer, memory, op.layer, sample)
    border.take(carried, fedBack)
    inputs.fill(0)
    for (let t = timeSteps - 1; t >= 0; t--) {
      if (op.truncation > 0 && (stretch.first + t + 1) % op.truncation === 0) {
        for (const { states } of carried) states.fill(0)
        fedBack.fill(0)
      }
      carried.forEach((gradients, n) => {
        const at = t * row + sample * width + n
        gradients.states[0] += membraneGradient ? membraneGradient[at] : 0
        gradients.spike = spikesGradient ? spikesGradient[at] : 0
        if (throughMembranes) gradients.states[0] += fedBack[n]
        else gradients.spike += fedBack[n]
        const input = layer.inputAt(sample, t, n)
        atInput[n] = model.back(layer.constants[n], layer.before(t, n), input, layer.steps[t][n], gradients)
      })
      fedBack = connections.back(t, atInput)
      if (isStatic) atInput.forEach((gradient, n) => (inputs[n] += gradient))
      else inputGradient?.set(atInput, t * row + sample * width)
    }
    border.leave(carried, fedBack)
    if (isStatic) inputGradient?.set(inputs, sample * width)
  }
  for (const [name, id] of Object.entries(op.parameterGradients)) {
    const gradient = memory.tensor(id)
    const index = model.parameters.indexOf(name)
    if (name === layer.connections?.names.weight) gradient.set(connections.weight)
    else if (name === layer.connections?.names.bias) gradient.set(connections.bias)
    else if (gradient.length === 1) gradient[0] = sums.reduce((sum, each) => sum + each[index], 0)
    else gradient.set(sums.map((each) => each[index]))
  }
}
