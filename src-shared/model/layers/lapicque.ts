import type { Field, NumberField } from '../../fields.ts'
import type { LayerDefinition } from '../layerDefinition.ts'
import { surrogateField, thresholdField } from '../neuronFields.ts'
import {
  decayField,
  flagResetField,
  inhibitedShape,
  inhibitionField,
  learningFields,
  neuronParameter,
} from '../neuronParameters.ts'

function positive(key: string, label: string, symbol: string, preset: number, help: string): NumberField {
  return {
    type: 'number',
    key,
    label,
    symbol,
    min: 0,
    minExclusive: true,
    max: 100000,
    step: 0.1,
    default: preset,
    help,
  }
}

const circuit: Field = {
  type: 'choice',
  key: 'circuit',
  label: 'Circuit given by',
  default: 'beta',
  options: [
    { value: 'beta', label: 'β', help: 'R is 1 and C follows from β.' },
    { value: 'rc', label: 'R and C', help: 'β is not used.' },
    { value: 'betaR', label: 'β and R', help: 'C follows from β and R.' },
    { value: 'betaC', label: 'β and C', help: 'R follows from β and C.' },
  ],
  help: 'Which of β, R and C are taken as they are; the others follow from RC = Δt / ln(1/β).',
}

/**
 * snnTorch's Lapicque: U' = X·Δt/C + (1 - Δt/RC)·U. What it really leaves of the membrane is 1 + ln β, not β, and
 * the input is scaled by -ln β where only β is given.
 */
export const lapicque: LayerDefinition = {
  kind: 'lapicque',
  label: 'Lapicque',
  family: 'neuron',
  framework: 'snntorch',
  help: "Lapicque's circuit of a resistance and a capacitance, with the semantics of snnTorch.",
  equation: 'U[t] = X[t]·Δt/C + (1 - Δt/RC)·U[t-1] - S[t-1]·θ,  S[t] = U[t] > θ',
  fields: [
    circuit,
    {
      ...decayField('beta', 'Decay', 'β', 0.9, 'Decay of the circuit: RC = Δt / ln(1/β).'),
      min: 0.001,
      max: 0.9999,
    },
    positive('resistance', 'Resistance', 'R', 1, 'Resistance of the membrane.'),
    positive('capacitance', 'Capacitance', 'C', 10, 'Capacitance of the membrane.'),
    positive('timeStep', 'Time step', 'Δt', 1, 'Duration of a step, in the unit of RC.'),
    thresholdField,
    flagResetField('The membrane is set to zero, with the new input.'),
    inhibitionField,
    surrogateField('snntorch', 'atan'),
    ...learningFields(['threshold', 'θ']),
  ],
  inferShape: inhibitedShape,
  parameters: (input, params) => [neuronParameter('threshold', input, params)],
}
