import { describe, expect, it } from 'vitest'
import { previewNeuron } from '../../../src-main/engine/neuronPreview.ts'
import { defaultValues, type FieldValues } from '../../../src-shared/fields.ts'
import { equationsOf, equationTable } from '../../../src-shared/model/equations/index.ts'
import { parseEquation, type Expression } from '../../../src-shared/model/equations/expression.ts'
import { layerDefinitions } from '../../../src-shared/model/layers/index.ts'

/** The equations that are shown, calculated as they are written, against what the engine calculates. */

const neurons = layerDefinitions.filter(({ family }) => family === 'neuron')

const functions: Record<string, (x: number) => number> = {
  relu: (x) => Math.max(0, x),
  exp: Math.exp,
  ln: Math.log,
  σ: (x) => 1 / (1 + Math.exp(-x)),
}

type States = Record<string, number>

class Calculation {
  readonly values: Record<string, number>
  before: States
  now: States = {}

  constructor(values: Record<string, number>, start: States) {
    this.values = values
    this.before = start
  }

  of(expression: Expression): number {
    switch (expression.kind) {
      case 'number':
        return Number(expression.text)
      case 'value':
        return this.known(this.values, expression.key)
      case 'name':
        return expression.time === 't-1'
          ? (this.before[expression.name] ?? 0)
          : this.known(this.now, expression.name)
      case 'call':
        return functions[expression.name](this.of(expression.argument))
      case 'group':
        return this.of(expression.inside)
      case 'fraction':
        return this.of(expression.over) / this.of(expression.under)
      case 'chain':
        return expression.rest.reduce((left, { operator, operand }) => {
          const right = this.of(operand)
          if (operator === '+') return left + right
          if (operator === '−') return left - right
          if (operator === '·') return left * right
          return Number(operator === '>' ? left > right : left >= right)
        }, this.of(expression.first))
    }
  }

  assign(expression: Expression): void {
    if (expression.kind !== 'chain' || expression.first.kind !== 'name') throw new Error('no assignment')
    const [{ operand }] = expression.rest
    this.now[expression.first.name] = this.of(operand)
  }

  private known(from: Record<string, number>, key: string): number {
    if (!(key in from)) throw new Error(`${key} has no value`)
    return from[key]
  }
}

/** Parameters as tensors hold them at first. */
function valuesOf(kind: string, params: FieldValues): Record<string, number> {
  const definition = layerDefinitions.find((candidate) => candidate.kind === kind)
  const fields = Object.entries(params).flatMap(([key, value]) =>
    typeof value === 'number' ? [[key, value]] : [],
  )
  const tensors = (definition?.parameters([1], params) ?? []).flatMap(({ name, initialise }) =>
    initialise.kind === 'constant' ? [[name, initialise.value]] : [],
  )
  return Object.fromEntries([...fields, ...tensors]) as Record<string, number>
}

const currents = Array.from({ length: 60 }, (_, i) => 0.9 + 0.8 * Math.sin(i * i))

function compare(kind: string, changed: FieldValues): void {
  const definition = layerDefinitions.find((candidate) => candidate.kind === kind)
  const params = { ...defaultValues(definition?.fields ?? []), ...changed }
  const equations = equationsOf(kind, params)
  expect(equations, kind).not.toBeNull()
  const { lines = [], derived = {} } = equations ?? {}
  const rest = params.reset === 'hard' ? Number(params.resetValue) : 0
  const start = { V: rest, w: Number(params.recoveryRest ?? 0) }
  const calculation = new Calculation({ ...valuesOf(kind, params), ...derived }, start)
  const expressions = lines.map(({ text }) => parseEquation(text))
  const { spikes, membrane } = previewNeuron({ kind, params, currents, seed: 1 })
  currents.forEach((current, t) => {
    calculation.now = { I: current, X: current }
    for (const expression of expressions) calculation.assign(expression)
    const { S, U, V } = calculation.now
    expect([t, S]).toEqual([t, spikes[t]])
    expect(Math.abs((V ?? U) - membrane[t])).toBeLessThan(2e-4)
    calculation.before = calculation.now
  })
  expect(spikes.some((spike) => spike === 1)).toBe(true)
}

/** Every choice that changes an equation. */
function variants(kind: string): FieldValues[] {
  const fields = layerDefinitions.find((candidate) => candidate.kind === kind)?.fields ?? []
  const choices: [string, (string | boolean)[]][] = fields.flatMap(
    (field): [string, (string | boolean)[]][] => {
      if (field.type === 'choice') return [[field.key, field.options.map(({ value }) => value)]]
      const shown = ['resetDelay', 'decayInput', 'scaleReset', 'normalise']
      return shown.includes(field.key) ? [[field.key, [true, false]]] : []
    },
  )
  const always: FieldValues = fields.some(({ key }) => key === 'allToAll') ? { allToAll: false, V: 0.3 } : {}
  return choices.reduce<FieldValues[]>(
    (all, [key, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
    [always],
  )
}

describe('the equations of neurons', () => {
  it('stand for every kind of neuron, and for no other layer', () => {
    expect(Object.keys(equationTable).toSorted()).toEqual(neurons.map(({ kind }) => kind).toSorted())
    expect(equationsOf('linear', {})).toBeNull()
  })

  const kinds = neurons.map(({ kind }) => kind).filter((kind) => kind !== 'leakyparallel')
  it.each(kinds)('of %s are those that the engine calculates', (kind) => {
    for (const variant of variants(kind)) compare(kind, variant)
  })

  it('say what a reset value changes', () => {
    for (const kind of ['if', 'lif', 'plif', 'klif', 'cubalif']) {
      compare(kind, { resetValue: -0.25 })
      compare(kind, { resetValue: -0.25, reset: 'soft' })
    }
  })

  it('name matrices where neurons hear all others, and graded spikes where there are some', () => {
    const texts = (kind: string, params: FieldValues) => {
      const fields = layerDefinitions.find((candidate) => candidate.kind === kind)?.fields ?? []
      return equationsOf(kind, { ...defaultValues(fields), ...params })?.lines.map(({ text }) => text)
    }
    expect(texts('rleaky', {})?.[1]).toContain('W·S[t-1] + c')
    expect(texts('leakyparallel', {})?.[0]).toBe('U[t] = relu(W·X[t] + {rnn.weight_hh_l0}·U[t-1] + b + c)')
    expect(texts('leakyparallel', { dense: true })?.[0]).toContain('M·U[t-1]')
    expect(texts('leaky', { gradedSpikes: 2 })?.at(-1)).toBe('O[t] = {graded_spikes_factor}·S[t]')
  })

  it('are refused where they are none', () => {
    for (const text of ['U[t] = ', 'U[t] = {beta', 'U[t] = (1', 'U[t] = <1|2', 'U $ V', 'U[t] = 1 1'])
      expect(() => parseEquation(text), text).toThrow()
  })
})
