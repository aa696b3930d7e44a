import type { FieldValues } from '../../fields.ts'

/** What a line of a neuron's equations is for. */
export type EquationRole = 'current' | 'charge' | 'adapt' | 'fire' | 'flag' | 'reset' | 'output'

/** One line, in the notation of `expression.ts`. */
export interface Equation {
  role: EquationRole
  text: string
}

/** The equations of one step in the order in which they are calculated, with what they use and no field says. */
export interface NeuronEquations {
  lines: Equation[]
  /** Numbers that follow from the fields, by the key that stands in the lines. */
  derived?: Record<string, number>
}

export type MakeEquations = (params: FieldValues) => NeuronEquations

export const line = (role: EquationRole, text: string): Equation => ({ role, text })
