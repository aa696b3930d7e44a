import type { NeuronOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'
import { constantsOf, emptyTrace, neuronModel } from '../neurons/index.ts'

/** Charge, fire and reset of every neuron over all steps. */
export function neuron(op: NeuronOp, memory: Memory): void {
  const { timeSteps } = memory
  const input = memory.tensor(op.input)
  const spikes = memory.tensor(op.spikes)
  const membrane = memory.tensor(op.membrane)
  const model = neuronModel(op.neuron)
  const constants = constantsOf(op, memory)
  const width = memory.width(op.spikes)
  const row = memory.batch * width
  const inputRow = memory.steps(op.input) === 1 ? 0 : row
  const trace = emptyTrace(timeSteps)
  for (let k = 0; k < row; k++) {
    for (let t = 0; t < timeSteps; t++) trace.input[t] = input[t * inputRow + k]
    model.run(constants(k % width), trace)
    for (let t = 0; t < timeSteps; t++) {
      spikes[t * row + k] = trace.spikes[t]
      membrane[t * row + k] = trace.membrane[t]
    }
  }
}
