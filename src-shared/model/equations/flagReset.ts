import type { FieldValues } from '../../fields.ts'
import { circuitOf } from '../circuit.ts'
import { gradesSpikes } from '../gradedSpikes.ts'
import { line, type Equation, type MakeEquations } from './equations.ts'

/**
 * Neurons that reset by a flag of the step before, as snnTorch's do; the same as
 * `src-main/engine/backends/reference/neurons` calculates, which the tests hold against each other.
 */

interface Charge {
  /** What the membrane is before its reset. */
  text: string
  /** Of a reset to zero, where it is not the whole charge that is set to zero. */
  zero?: string
}

/** Membrane, spike and reset around a charge. */
function flagged(before: Equation[], { text, zero }: Charge, params: FieldValues): Equation[] {
  const { reset, resetDelay } = params
  const delayed = resetDelay !== false || reset === 'none'
  const membrane = delayed ? 'U' : 'H'
  const charge = {
    subtract: `${text} − R[t]·{threshold}`,
    zero: zero ?? `(1 − R[t])·(${text})`,
    none: text,
  }[String(reset)]
  return [
    ...before,
    ...(reset === 'none' ? [] : [line('flag', 'R[t] = U[t-1] > {threshold}')]),
    line('charge', `${membrane}[t] = ${charge ?? text}`),
    line('fire', `S[t] = ${membrane}[t] > {threshold}`),
    ...(delayed
      ? []
      : [line('reset', `U[t] = H[t] − (S[t] − R[t])·${reset === 'zero' ? 'H[t]' : '{threshold}'}`)]),
    ...graded(params),
  ]
}

function graded(params: FieldValues): Equation[] {
  return gradesSpikes(params) ? [line('output', 'O[t] = {graded_spikes_factor}·S[t]')] : []
}

/** What recurrent connections bring: from all neurons by a matrix, or from itself. */
const feedback = (params: FieldValues): string => (params.allToAll ? 'W·S[t-1] + c' : '{V}·S[t-1]')

export const leakyEquations: MakeEquations = (params) => ({
  lines: flagged([], { text: '{beta}·U[t-1] + I[t]', zero: '{beta}·(1 − R[t])·U[t-1] + I[t]' }, params),
})

export const lapicqueEquations: MakeEquations = (params) => {
  const { resistance, capacitance, timeStep } = circuitOf(params)
  const text = '<{timeStep}|{C}>·I[t] + (1 − <{timeStep}|{R}·{C}>)·U[t-1]'
  return { lines: flagged([], { text }, params), derived: { R: resistance, C: capacitance, timeStep } }
}

export const synapticEquations: MakeEquations = (params) => ({
  lines: flagged([line('current', 'I[t] = {alpha}·I[t-1] + X[t]')], { text: '{beta}·U[t-1] + I[t]' }, params),
})

export const recurrentLeakyEquations: MakeEquations = (params) => ({
  lines: flagged([], { text: `{beta}·U[t-1] + I[t] + ${feedback(params)}` }, params),
})

export const recurrentSynapticEquations: MakeEquations = (params) => ({
  lines: flagged(
    [line('current', `I[t] = {alpha}·I[t-1] + X[t] + ${feedback(params)}`)],
    { text: '{beta}·U[t-1] + I[t]' },
    { ...params, resetDelay: true },
  ),
})

export const alphaEquations: MakeEquations = ({ reset }) => {
  const flag = reset === 'none' ? [] : [line('flag', 'R[t] = U[t-1] > {threshold}')]
  const open = reset === 'none' ? '' : '(1 − R[t])·'
  const after = {
    subtract: ['U[t] = k·(e[t] + n[t]) + R[t]·N[t-1]', 'E[t] = e[t] − R[t]·{threshold}'],
    zero: [`U[t] = ${open}k·(e[t] + n[t])`, `E[t] = ${open}e[t]`],
    none: ['U[t] = k·(e[t] + n[t])', 'E[t] = e[t]'],
  }[String(reset)] ?? ['U[t] = k·(e[t] + n[t])', 'E[t] = e[t]']
  return {
    lines: [
      ...flag,
      line('current', 'e[t] = {alpha}·E[t-1] + X[t]'),
      line('current', 'n[t] = {beta}·N[t-1] − X[t]'),
      line('charge', 'k = <ln({alpha})|ln({beta}) − ln({alpha})> + 1'),
      line('charge', after[0]),
      line('fire', 'S[t] = U[t] > {threshold}'),
      line('reset', after[1]),
      line('reset', `N[t] = ${open}n[t]`),
    ],
  }
}

export const leakyParallelEquations: MakeEquations = (params) => {
  const constants = params.bias ? ' + b + c' : ''
  const kept = params.dense ? 'M·U[t-1]' : '{rnn.weight_hh_l0}·U[t-1]'
  return {
    lines: [
      line('charge', `U[t] = relu(W·X[t] + ${kept}${constants})`),
      line('fire', 'S[t] = U[t] > {threshold}'),
      ...graded(params),
    ],
  }
}

export const alifEquations: MakeEquations = ({ reset, normalise }) => {
  const kept = reset === 'zero' ? '{beta}·(1 − S[t-1])·U[t-1]' : '{beta}·U[t-1]'
  const taken = reset === 'subtract' ? ' − S[t-1]·A[t-1]' : ''
  return {
    lines: [
      line('charge', `U[t] = ${kept} + I[t]${taken}`),
      line('adapt', `b[t] = {alpha}·b[t-1] + ${normalise ? '(1 − {alpha})·S[t-1]' : 'S[t-1]'}`),
      line('adapt', 'A[t] = {threshold} + {adapt}·b[t]'),
      line('fire', 'S[t] = U[t] > A[t]'),
    ],
  }
}
