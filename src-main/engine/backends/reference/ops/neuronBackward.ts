import type { NeuronBackwardOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'
import { constantsOf, emptyTrace, neuronModel } from '../neurons/index.ts'
import type { NeuronGradients } from '../neurons/neuronModel.ts'

function emptyGradients(timeSteps: number): NeuronGradients {
  const steps = () => new Float64Array(timeSteps)
  return { spikes: steps(), membrane: steps(), input: steps(), beta: 0, threshold: 0 }
}

/** Back through time for every neuron; its membranes are run again rather than kept. */
export function neuronBackward(op: NeuronBackwardOp, memory: Memory): void {
  const { timeSteps } = memory
  const input = memory.tensor(op.input)
  const spikesGradient = memory.optional(op.spikesGradient)
  const membraneGradient = memory.optional(op.membraneGradient)
  const inputGradient = memory.optional(op.inputGradient)
  const model = neuronModel(op.neuron)
  const constants = constantsOf(op, memory)
  const width = memory.width(op.spikes)
  const row = memory.batch * width
  const isStatic = memory.steps(op.input) === 1
  const trace = emptyTrace(timeSteps)
  const gradients = emptyGradients(timeSteps)
  const betaGradient = memory.optional(op.betaGradient)
  const betaSums = new Float64Array(betaGradient?.length ?? 1)
  let thresholdSum = 0
  for (let k = 0; k < row; k++) {
    const n = k % width
    for (let t = 0; t < timeSteps; t++) {
      trace.input[t] = input[(isStatic ? 0 : t * row) + k]
      gradients.spikes[t] = spikesGradient ? spikesGradient[t * row + k] : 0
      gradients.membrane[t] = membraneGradient ? membraneGradient[t * row + k] : 0
    }
    model.run(constants(n), trace)
    model.back(constants(n), trace, gradients)
    betaSums[betaSums.length > 1 ? n : 0] += gradients.beta
    thresholdSum += gradients.threshold
    if (inputGradient && isStatic) inputGradient[k] = gradients.input.reduce((sum, g) => sum + g, 0)
    else if (inputGradient)
      for (let t = 0; t < timeSteps; t++) inputGradient[t * row + k] = gradients.input[t]
  }
  betaGradient?.set(betaSums)
  memory.optional(op.thresholdGradient)?.fill(thresholdSum)
}
