import type { NeuronSemantics } from '../../../../src-main/engine/neuronSemantics.ts'
import {
  add,
  clampedShare,
  detach,
  divide,
  exponential,
  fire,
  fixed,
  logarithm,
  multiply,
  positive,
  subtract,
  type SurrogateSlope,
  type Tangent,
  type TangentTrace,
} from './tangent.ts'

/** What a neuron is given: parameters by name, and what the machine under test decided. */
export interface TangentRun {
  parameters: Record<string, Tangent>
  input: readonly Tangent[]
  spikes: readonly number[]
  /** Whether the membrane that the step before kept is above the threshold. */
  flags: readonly number[]
  slope: SurrogateSlope
}

type Model<Name extends string> = Extract<NeuronSemantics, { model: Name }>
const one = fixed(1)

/** Charges a membrane from step to step; `charge` returns the membrane, `decide` fires and resets it. */
function follow(
  { input, parameters }: TangentRun,
  start: Tangent,
  charge: (u: Tangent, x: Tangent, t: number) => Tangent,
  decide: (u: Tangent, t: number) => { spike: Tangent; membrane: Tangent },
): TangentTrace {
  const trace: TangentTrace = { spikes: [], membrane: [] }
  let membrane = start
  input.forEach((x, t) => {
    const heard = t > 0 && parameters.V ? multiply(parameters.V, trace.spikes[t - 1]) : fixed(0)
    const decided = decide(charge(membrane, add(x, heard), t), t)
    membrane = decided.membrane
    trace.spikes.push(decided.spike)
    trace.membrane.push(membrane)
  })
  return trace
}

/** snnTorch's flag and firing. */
const flagged =
  (reset: string, delayed: boolean, { parameters: { threshold }, spikes, flags, slope }: TangentRun) =>
  (charged: Tangent, t: number) => {
    const flag = fixed(flags[t])
    let membrane = charged
    if (reset === 'subtract') membrane = subtract(membrane, multiply(flag, threshold))
    if (reset === 'zero') membrane = multiply(subtract(one, flag), membrane)
    const spike = fire(subtract(membrane, threshold), spikes[t], slope)
    const due = subtract(spike, flag)
    if (!delayed && reset === 'subtract') membrane = subtract(membrane, multiply(due, threshold))
    if (!delayed && reset === 'zero') membrane = subtract(membrane, multiply(due, membrane))
    return { spike, membrane }
  }

/** spikingjelly's firing and reset. */
const inStep =
  (
    neuron: { threshold: number; reset: string; resetValue: number; detachReset: boolean },
    { spikes, slope }: TangentRun,
  ) =>
  (charged: Tangent, t: number) => {
    const spike = fire(subtract(charged, fixed(neuron.threshold)), spikes[t], slope)
    const heard = neuron.detachReset ? detach(spike) : spike
    const membrane =
      neuron.reset === 'hard'
        ? add(multiply(subtract(one, heard), charged), multiply(heard, fixed(neuron.resetValue)))
        : subtract(charged, multiply(heard, fixed(neuron.threshold)))
    return { spike, membrane }
  }

const restOf = (neuron: { reset: string; resetValue: number }) =>
  fixed(neuron.reset === 'hard' ? neuron.resetValue : 0)

function leak(decayInput: boolean, rest: Tangent, rate: Tangent, v: Tangent, x: Tangent): Tangent {
  const above = subtract(v, rest)
  if (decayInput) return add(v, multiply(rate, subtract(x, above)))
  return add(subtract(v, multiply(rate, above)), x)
}

const quadratic = ({ gain, rest, critical }: Model<'qif' | 'izhikevich'>, v: Tangent): Tangent =>
  multiply(fixed(gain), multiply(subtract(v, fixed(rest)), subtract(v, fixed(critical))))

function synaptic(neuron: Model<'synaptic' | 'rsynaptic'>, run: TangentRun): TangentTrace {
  const alpha = clampedShare(run.parameters.alpha)
  const beta = clampedShare(run.parameters.beta)
  let current = fixed(0)
  const charge = (u: Tangent, x: Tangent) => {
    current = add(multiply(alpha, current), x)
    return add(multiply(beta, u), current)
  }
  const delayed = neuron.model === 'rsynaptic' || neuron.delayed
  return follow(run, fixed(0), charge, flagged(neuron.reset, delayed, run))
}

function alpha({ reset }: Model<'alpha'>, run: TangentRun): TangentTrace {
  const { alpha: a, beta: b, threshold } = run.parameters
  const k = add(divide(logarithm(a), subtract(logarithm(b), logarithm(a))), one)
  let [excitatory, inhibitory] = [fixed(0), fixed(0)]
  const charge = (_u: Tangent, x: Tangent, t: number) => {
    const flag = fixed(run.flags[t])
    const open = reset === 'zero' ? subtract(one, flag) : one
    const before = inhibitory
    excitatory = add(multiply(a, excitatory), x)
    inhibitory = subtract(multiply(b, inhibitory), x)
    let u = multiply(open, multiply(k, add(excitatory, inhibitory)))
    excitatory = multiply(open, excitatory)
    if (reset === 'subtract') {
      excitatory = subtract(excitatory, multiply(flag, threshold))
      u = add(u, multiply(flag, before))
    }
    if (reset !== 'none') inhibitory = multiply(subtract(one, flag), inhibitory)
    return u
  }
  return follow(run, fixed(0), charge, flagged('none', true, run))
}

function alif({ reset, normalise, detachAdaptation }: Model<'alif'>, run: TangentRun): TangentTrace {
  const { adapt, threshold } = run.parameters
  const beta = clampedShare(run.parameters.beta)
  const decay = clampedShare(run.parameters.alpha)
  let [spike, adaptation, inForce] = [fixed(0), fixed(0), fixed(0)]
  const charge = (u: Tangent, x: Tangent) => {
    const flag = detach(spike)
    const kept = reset === 'zero' ? multiply(subtract(one, flag), u) : u
    const charged = add(multiply(beta, kept), x)
    return reset === 'subtract' ? subtract(charged, multiply(flag, inForce)) : charged
  }
  const decide = (u: Tangent, t: number) => {
    const heard = detachAdaptation ? detach(spike) : spike
    const jump = normalise ? multiply(subtract(one, decay), heard) : heard
    adaptation = add(multiply(decay, adaptation), jump)
    inForce = add(threshold, multiply(adapt, adaptation))
    spike = fire(subtract(u, inForce), run.spikes[t], run.slope)
    return { spike, membrane: u }
  }
  return follow(run, fixed(0), charge, decide)
}

function izhikevich(neuron: Model<'izhikevich'>, run: TangentRun): TangentTrace {
  const { threshold, reset, resetValue, detachReset, jump } = neuron
  let w = fixed(neuron.recoveryRest)
  const charge = (v: Tangent, x: Tangent) =>
    add(v, multiply(fixed(1 / neuron.tau), subtract(add(x, quadratic(neuron, v)), w)))
  const decide = (charged: Tangent, t: number) => {
    const pull = subtract(multiply(fixed(neuron.coupling), subtract(charged, fixed(neuron.rest))), w)
    const spike = fire(subtract(charged, fixed(threshold)), run.spikes[t], run.slope)
    const heard = detachReset ? detach(spike) : spike
    w = add(add(w, multiply(fixed(1 / neuron.recoveryTau), pull)), multiply(fixed(jump), spike))
    const membrane =
      reset === 'hard'
        ? add(multiply(subtract(one, heard), charged), multiply(spike, fixed(resetValue)))
        : subtract(charged, multiply(heard, fixed(threshold)))
    return { spike, membrane }
  }
  return follow(run, restOf(neuron), charge, decide)
}

function klif(neuron: Model<'klif'>, run: TangentRun): TangentTrace {
  const { k } = run.parameters
  const scale = neuron.scaleReset ? k : one
  const charge = (v: Tangent, x: Tangent) =>
    positive(multiply(k, leak(neuron.decayInput, restOf(neuron), fixed(1 / neuron.tau), v, x)))
  const decide = (h: Tangent, t: number) => {
    const spike = fire(subtract(h, fixed(neuron.threshold)), run.spikes[t], run.slope)
    const heard = neuron.detachReset ? detach(spike) : spike
    const voltage = divide(h, scale)
    const membrane =
      neuron.reset === 'hard'
        ? add(multiply(subtract(one, heard), voltage), multiply(heard, fixed(neuron.resetValue)))
        : subtract(voltage, multiply(heard, divide(fixed(neuron.threshold), scale)))
    return { spike, membrane }
  }
  return follow(run, restOf(neuron), charge, decide)
}

/** The equations of every neuron, from the papers of its framework rather than from the code under test. */
export function tangentNeuron(neuron: NeuronSemantics, run: TangentRun): TangentTrace {
  switch (neuron.model) {
    case 'synaptic':
    case 'rsynaptic':
      return synaptic(neuron, run)
    case 'rleaky': {
      const beta = clampedShare(run.parameters.beta)
      const charge = (u: Tangent, x: Tangent) => add(multiply(beta, u), x)
      return follow(run, fixed(0), charge, flagged(neuron.reset, neuron.delayed, run))
    }
    case 'lapicque': {
      const { resistance, capacitance, timeStep } = neuron
      const kept = fixed(1 - timeStep / (resistance * capacitance))
      const charge = (u: Tangent, x: Tangent) =>
        add(multiply(x, fixed(timeStep / capacitance)), multiply(kept, u))
      return follow(run, fixed(0), charge, flagged(neuron.reset, true, run))
    }
    case 'alpha':
      return alpha(neuron, run)
    case 'alif':
      return alif(neuron, run)
    case 'plif': {
      const rate = divide(one, add(one, exponential(multiply(fixed(-1), run.parameters.w))))
      const charge = (v: Tangent, x: Tangent) => leak(neuron.decayInput, restOf(neuron), rate, v, x)
      return follow(run, restOf(neuron), charge, inStep(neuron, run))
    }
    case 'qif': {
      const charge = (v: Tangent, x: Tangent) =>
        add(v, multiply(fixed(1 / neuron.tau), add(x, quadratic(neuron, v))))
      return follow(run, restOf(neuron), charge, inStep(neuron, run))
    }
    case 'eif': {
      const { tau, sharpness, rheobase, rest } = neuron
      const growth = (v: Tangent) => exponential(multiply(fixed(1 / sharpness), subtract(v, fixed(rheobase))))
      const charge = (v: Tangent, x: Tangent) => {
        const drive = add(subtract(add(x, fixed(rest)), v), multiply(fixed(sharpness), growth(v)))
        return add(v, multiply(fixed(1 / tau), drive))
      }
      return follow(run, restOf(neuron), charge, inStep(neuron, run))
    }
    case 'izhikevich':
      return izhikevich(neuron, run)
    case 'klif':
      return klif(neuron, run)
    case 'cubalif': {
      let current = fixed(0)
      const charge = (v: Tangent, x: Tangent) => {
        current = add(multiply(fixed(neuron.currentDecay), current), x)
        return add(multiply(fixed(neuron.voltageDecay), v), current)
      }
      return follow(run, restOf(neuron), charge, inStep(neuron, run))
    }
    default:
      throw new Error(`no tangents of ${neuron.model}`)
  }
}
