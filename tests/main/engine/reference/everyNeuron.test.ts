import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neuronModel } from '../../../../src-main/engine/backends/reference/neurons/index.ts'
import { compileNetwork } from '../../../../src-main/engine/compile.ts'
import type { FieldValues } from '../../../../src-shared/fields.ts'
import { findSurrogate, surrogateParameters } from '../../../../src-shared/model/surrogates.ts'
import { layer, network } from '../fixtures.ts'
import { neuronTables } from '../randomNetworks.ts'
import { goBack, runAlone } from './neuronAlone.ts'
import type { Tangent } from './tangent.ts'
import { tangentNeuron } from './tangentNeurons.ts'

const timeSteps = 9
const sixtyFourths = (min: number, max: number) =>
  fc
    .array(fc.integer({ min: min * 64, max: max * 64 }), { minLength: timeSteps, maxLength: timeSteps })
    .map((values) => values.map((value) => value / 64))
const way = fc.record({
  input: sixtyFourths(-1, 1),
  parameters: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
})
const arriving = fc.record({ spikes: sixtyFourths(-2, 2), membrane: sixtyFourths(-2, 2) })

/** A neuron as its table makes it, and the first values of its parameters. */
function compiled(kind: string, params: FieldValues) {
  const own: FieldValues = kind.startsWith('r') ? { allToAll: false } : {}
  const program = compileNetwork(network([layer('n', kind, { ...params, ...own })], [1]))
  const op = program.forward.find((candidate) => candidate.op === 'neuron')
  if (op?.op !== 'neuron') throw new Error('there is no neuron op')
  const constants = program.parameters.map(({ value, initialise }): [string, number] => [
    value.slice('n.'.length),
    Math.fround(initialise.kind === 'constant' ? initialise.value : Number.NaN),
  ])
  return { neuron: op.neuron, constants: Object.fromEntries(constants) }
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0)
const slopes = (tangents: readonly Tangent[]) => tangents.map(({ slope }) => slope)

// LeakyParallel hears its own membranes: the golden vectors hold it.
const kinds = Object.keys(neuronTables).filter(
  (kind) => !['leaky', 'lif', 'if', 'leakyparallel'].includes(kind),
)

describe('the backward pass agrees with tangents carried forward', () => {
  it.each(kinds)('of %s', (kind) => {
    const property = fc.property(
      neuronTables[kind],
      sixtyFourths(-1, 2),
      arriving,
      way,
      (params, input, given, direction) => {
        const { neuron, constants } = compiled(kind, params)
        const model = neuronModel(neuron)
        const trace = runAlone(model, constants, input)
        const { input: atInput, parameters } = goBack(model, constants, trace, given)

        const names = Object.keys(constants).filter((name) => kind !== 'alpha' || name !== 'alpha')
        const changes = Object.fromEntries(names.map((name, i) => [name, direction.parameters[i]]))
        const kept = [0, ...trace.membrane.slice(0, -1)]
        const definition = findSurrogate(neuron.surrogate.name)
        const numbers = surrogateParameters(neuron.surrogate)
        const forward = tangentNeuron(neuron, {
          parameters: Object.fromEntries(
            Object.entries(constants).map(([name, value]) => [name, { value, slope: changes[name] ?? 0 }]),
          ),
          input: input.map((value, t) => ({ value, slope: direction.input[t] })),
          spikes: trace.spikes,
          flags: kept.map((u) => (u > (constants.threshold ?? Infinity) ? 1 : 0)),
          slope: (x, spiked) => definition?.derivative(x, spiked, numbers, 0) ?? Number.NaN,
        })
        const wanted =
          dot(slopes(forward.spikes), given.spikes) + dot(slopes(forward.membrane), given.membrane)
        const parts = [
          ...atInput.map((gradient, t) => gradient * direction.input[t]),
          ...names.map((name) => parameters[name] * changes[name]),
        ]
        const found = parts.reduce((sum, part) => sum + part, 0)
        const scale = 1 + Math.max(...parts.map(Math.abs), Math.abs(wanted))
        expect(Math.abs(found - wanted)).toBeLessThanOrEqual(2e-4 * scale)
      },
    )
    fc.assert(property, { numRuns: 200, seed: 5 })
  })
})
