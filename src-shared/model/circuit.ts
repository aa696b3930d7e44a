import type { FieldValues } from '../fields.ts'

const { fround } = Math

/**
 * R, C and Δt of snnTorch's Lapicque from what its table gives, in float32 as there: what is missing follows
 * from RC = Δt / ln(1/β), and R is 1 where only β is given.
 */
export function circuitOf(params: FieldValues) {
  const timeStep = fround(Number(params.timeStep))
  const beta = fround(Number(params.beta))
  const logarithm = fround(Math.log(fround(1 / beta)))
  const other = (known: number) => fround(timeStep / fround(known * logarithm))
  const given = {
    resistance: fround(Number(params.resistance)),
    capacitance: fround(Number(params.capacitance)),
  }
  switch (params.circuit) {
    case 'rc':
      return { ...given, timeStep }
    case 'betaR':
      return { resistance: given.resistance, capacitance: other(given.resistance), timeStep }
    case 'betaC':
      return { resistance: other(given.capacitance), capacitance: given.capacitance, timeStep }
    default:
      return { resistance: 1, capacitance: other(1), timeStep }
  }
}
