import type { FieldValues } from '../../fields.ts'
import type { MakeEquations, NeuronEquations } from './equations.ts'
import {
  alifEquations,
  alphaEquations,
  lapicqueEquations,
  leakyEquations,
  leakyParallelEquations,
  recurrentLeakyEquations,
  recurrentSynapticEquations,
  synapticEquations,
} from './flagReset.ts'
import {
  cubaLifEquations,
  eifEquations,
  integrateFireEquations,
  izhikevichEquations,
  klifEquations,
  lifEquations,
  plifEquations,
  qifEquations,
} from './sameStep.ts'

export type { Equation, EquationRole, NeuronEquations } from './equations.ts'

/** The equations of every kind of neuron, by the kind of the layer table. */
export const equationTable: Readonly<Record<string, MakeEquations>> = {
  leaky: leakyEquations,
  lapicque: lapicqueEquations,
  synaptic: synapticEquations,
  alpha: alphaEquations,
  rleaky: recurrentLeakyEquations,
  rsynaptic: recurrentSynapticEquations,
  leakyparallel: leakyParallelEquations,
  alif: alifEquations,
  lif: lifEquations,
  if: integrateFireEquations,
  plif: plifEquations,
  qif: qifEquations,
  eif: eifEquations,
  izhikevich: izhikevichEquations,
  klif: klifEquations,
  cubalif: cubaLifEquations,
}

/** The equations of a neuron with the given parameters; null of a layer that is none. */
export function equationsOf(kind: string, params: FieldValues): NeuronEquations | null {
  return Object.hasOwn(equationTable, kind) ? equationTable[kind](params) : null
}
