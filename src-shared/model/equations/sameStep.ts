import type { FieldValues } from '../../fields.ts'
import { line, type Equation, type MakeEquations } from './equations.ts'

/** spikingjelly's neurons: charge, fire and reset in one step, as the reference engine calculates them. */

/** What the membrane lies above, written out only where it is not zero; a soft reset knows no reset value. */
function above(params: FieldValues): string {
  return params.reset === 'hard' && Number(params.resetValue) !== 0 ? '(V[t-1] − {resetValue})' : 'V[t-1]'
}

function fireAndReset(params: FieldValues, membrane = 'H[t]', amount = '{threshold}'): Equation[] {
  const value = Number(params.resetValue) === 0 ? '' : ' + S[t]·{resetValue}'
  const hard = `V[t] = (1 − S[t])·${membrane}${value}`
  return [
    line('fire', 'S[t] = H[t] ≥ {threshold}'),
    line('reset', params.reset === 'soft' ? `V[t] = ${membrane} − S[t]·${amount}` : hard),
  ]
}

/** LIF's charge, with the membrane's decay as a division by τ. */
function leakyCharge(params: FieldValues): string {
  return params.decayInput
    ? `V[t-1] + <X[t] − ${above(params)}|{tau}>`
    : `V[t-1] − <${above(params)}|{tau}> + X[t]`
}

export const integrateFireEquations: MakeEquations = (params) => ({
  lines: [line('charge', 'H[t] = V[t-1] + X[t]'), ...fireAndReset(params)],
})

export const lifEquations: MakeEquations = (params) => ({
  lines: [line('charge', `H[t] = ${leakyCharge(params)}`), ...fireAndReset(params)],
})

export const plifEquations: MakeEquations = (params) => {
  const charge = params.decayInput
    ? `V[t-1] + (X[t] − ${above(params)})·σ({w})`
    : `V[t-1] − ${above(params)}·σ({w}) + X[t]`
  return { lines: [line('charge', `H[t] = ${charge}`), ...fireAndReset(params)] }
}

export const klifEquations: MakeEquations = (params) => ({
  lines: [
    line('charge', `H[t] = relu({k}·(${leakyCharge(params)}))`),
    ...(params.scaleReset ? fireAndReset(params, '<H[t]|{k}>', '<{threshold}|{k}>') : fireAndReset(params)),
  ],
})

export const qifEquations: MakeEquations = (params) => ({
  lines: [
    line('charge', 'H[t] = V[t-1] + <X[t] + {gain}·(V[t-1] − {rest})·(V[t-1] − {critical})|{tau}>'),
    ...fireAndReset(params),
  ],
})

export const eifEquations: MakeEquations = (params) => ({
  lines: [
    line(
      'charge',
      'H[t] = V[t-1] + <X[t] + {rest} − V[t-1] + {sharpness}·exp(<V[t-1] − {rheobase}|{sharpness}>)|{tau}>',
    ),
    ...fireAndReset(params),
  ],
})

export const izhikevichEquations: MakeEquations = (params) => ({
  lines: [
    line('charge', 'H[t] = V[t-1] + <X[t] + {gain}·(V[t-1] − {rest})·(V[t-1] − {critical}) − w[t-1]|{tau}>'),
    ...fireAndReset(params),
    line('adapt', 'w[t] = w[t-1] + <{coupling}·(H[t] − {rest}) − w[t-1]|{recoveryTau}> + {jump}·S[t]'),
  ],
})

export const cubaLifEquations: MakeEquations = (params) => ({
  lines: [
    line('current', 'c[t] = {currentDecay}·c[t-1] + X[t]'),
    line('charge', 'H[t] = {voltageDecay}·V[t-1] + c[t]'),
    ...fireAndReset(params),
  ],
})
