import {
  emptyStep,
  firstStep,
  type NeuronModel,
  type NeuronStep,
} from '../../../../src-main/engine/backends/reference/neurons/neuronModel.ts'

/** One neuron over all steps. */
export interface NeuronTrace {
  input: readonly number[]
  steps: NeuronStep[]
  spikes: number[]
  /** The recorded membrane. */
  membrane: number[]
}

type Constants = Record<string, number>

const numbersOf = (model: NeuronModel, constants: Constants) =>
  Float32Array.from(model.parameters, (name) => constants[name])

/** Runs a neuron without any feedback but that of its own spikes, `constants.V` times each. */
export function runAlone(model: NeuronModel, constants: Constants, input: readonly number[]): NeuronTrace {
  const parameters = numbersOf(model, constants)
  let before = firstStep(model)
  const steps = input.map((value) => {
    const after = emptyStep(model)
    model.step(parameters, before, value, (constants.V ?? 0) * before.spike, after)
    before = after
    return after
  })
  return {
    input,
    steps,
    spikes: steps.map(({ spike }) => spike),
    membrane: steps.map(({ states }) => states[0]),
  }
}

/** Back over a trace, from gradients at its spikes and membranes. */
export function goBack(
  model: NeuronModel,
  constants: Constants,
  { input, steps }: NeuronTrace,
  given: { spikes: readonly number[]; membrane: readonly number[] },
): { input: number[]; parameters: Record<string, number> } {
  const parameters = numbersOf(model, constants)
  const own = constants.V ?? 0
  const gradients = {
    states: new Float64Array(model.states.length),
    spike: 0,
    parameters: new Float64Array(model.parameters.length),
  }
  const atInput = input.map(() => 0)
  let ownGradient = 0
  for (let t = input.length - 1; t >= 0; t--) {
    const before = t > 0 ? steps[t - 1] : firstStep(model)
    gradients.states[0] += given.membrane[t]
    gradients.spike = given.spikes[t] + own * (atInput[t + 1] ?? 0)
    atInput[t] = model.back(parameters, before, input[t], steps[t], gradients)
    ownGradient += atInput[t] * before.spike
  }
  const sums = model.parameters.map((name, i) => [name, gradients.parameters[i]] as const)
  return { input: atInput, parameters: { ...Object.fromEntries(sums), V: ownGradient } }
}
