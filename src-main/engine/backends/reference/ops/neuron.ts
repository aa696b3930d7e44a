import type { NeuronOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'
import { LayerSteps } from '../neurons/layerSteps.ts'

/** Charge, fire and reset of every neuron over all steps. */
export function neuron(op: NeuronOp, memory: Memory): void {
  const layer = new LayerSteps(op, memory)
  const spikes = memory.tensor(op.spikes)
  const states = layer.model.states.map((name, i) =>
    memory.optional(i === 0 ? op.membrane : (op.states[name] ?? null)),
  )
  const row = memory.batch * layer.width
  for (let sample = 0; sample < memory.batch; sample++) {
    layer.run(sample)
    layer.leave(sample)
    layer.steps.forEach((neurons, t) => {
      neurons.forEach((step, n) => {
        const at = t * row + sample * layer.width + n
        spikes[at] = step.spike
        states.forEach((state, i) => {
          if (state) state[at] = step.states[i]
        })
      })
    })
  }
}
