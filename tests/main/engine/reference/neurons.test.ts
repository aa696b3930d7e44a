import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neuronModel } from '../../../../src-main/engine/backends/reference/neurons/index.ts'
import { goBack, runAlone } from './neuronAlone.ts'
import type { IntegrateFireSemantics, LeakySemantics } from '../../../../src-main/engine/neuronSemantics.ts'
import { findSurrogate, surrogateParameters, surrogates } from '../../../../src-shared/model/surrogates.ts'
import { fixed, tangentIntegrateFire, tangentLeaky, type Tangent, type TangentTrace } from './tangent.ts'

const timeSteps = 9
const steps = (min: number, max: number) =>
  fc.array(fc.integer({ min: min * 64, max: max * 64 }), { minLength: timeSteps, maxLength: timeSteps }).map(
    // Sixty-fourths are exact in float32, so few membranes hang on rounding.
    (values) => values.map((value) => value / 64),
  )
const surrogate = fc.constantFrom(...surrogates.map(({ name }) => ({ name })))
const directions = fc.record({
  input: steps(-1, 1),
  beta: fc.double({ min: -1, max: 1, noNaN: true }),
  threshold: fc.double({ min: -1, max: 1, noNaN: true }),
})
const arriving = fc.record({ spikes: steps(-2, 2), membrane: steps(-2, 2) })

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0)

function slopeOf(name: string) {
  const definition = findSurrogate(name)
  const parameters = surrogateParameters({ name })
  return (x: number, spiked: boolean) => definition?.derivative(x, spiked, parameters, 0) ?? Number.NaN
}

/** What the arriving gradients make of a change in the given direction, by the tangents. */
function forwardChange(trace: TangentTrace, { spikes, membrane }: { spikes: number[]; membrane: number[] }) {
  const slopes = (tangents: Tangent[]) => tangents.map(({ slope }) => slope)
  return dot(slopes(trace.spikes), spikes) + dot(slopes(trace.membrane), membrane)
}

function expectSame(backward: number, forward: number, scale: number) {
  expect(Math.abs(backward - forward)).toBeLessThanOrEqual(1e-4 * (1 + scale + Math.abs(forward)))
}

describe('the backward pass of Leaky', () => {
  it('agrees with tangents carried forward, for every reset, timing, surrogate, β and θ', () => {
    const leaky = fc.record({
      model: fc.constant('leaky' as const),
      reset: fc.constantFrom<LeakySemantics['reset'][]>('subtract', 'zero', 'none'),
      delayed: fc.boolean(),
      inhibition: fc.constant(false),
      surrogate,
    })
    const constants = fc.record({
      beta: fc.constantFrom(-0.25, 0, 0.5, 0.875, 1, 1.25),
      threshold: fc.constantFrom(-0.5, 0.25, 1, 1.5),
    })
    fc.assert(
      fc.property(
        leaky,
        constants,
        steps(-1, 3),
        arriving,
        directions,
        (neuron, { beta, threshold }, input, given, way) => {
          const model = neuronModel(neuron)
          const trace = runAlone(model, { beta, threshold }, input)
          const gradients = goBack(model, { beta, threshold }, trace, given)

          const before = [0, ...trace.membrane.slice(0, -1)]
          const decided = { spikes: [...trace.spikes], flags: before.map((u) => (u > threshold ? 1 : 0)) }
          const forward = forwardChange(
            tangentLeaky(
              neuron,
              input.map((value, t) => ({ value, slope: way.input[t] })),
              { value: beta, slope: way.beta },
              { value: threshold, slope: way.threshold },
              decided,
              slopeOf(neuron.surrogate.name),
            ),
            given,
          )
          const parts = [
            dot(gradients.input, way.input),
            gradients.parameters.beta * way.beta,
            gradients.parameters.threshold * way.threshold,
          ]
          expectSame(parts[0] + parts[1] + parts[2], forward, Math.max(...parts.map(Math.abs)))
        },
      ),
      { numRuns: 600, seed: 3 },
    )
  })
})

describe('the backward pass of LIF and IF', () => {
  it('agrees with tangents carried forward, for every reset, detached or not', () => {
    const neuron: fc.Arbitrary<IntegrateFireSemantics> = fc.record({
      model: fc.constantFrom<('lif' | 'if')[]>('lif', 'if'),
      tau: fc.constantFrom(1.25, 2, 4),
      decayInput: fc.boolean(),
      threshold: fc.constantFrom(0.25, 1, 1.5),
      reset: fc.constantFrom<('hard' | 'soft')[]>('hard', 'soft'),
      resetValue: fc.constantFrom(-0.5, 0, 0.25),
      detachReset: fc.boolean(),
      surrogate,
    })
    fc.assert(
      fc.property(neuron, steps(-1, 3), arriving, directions, (semantics, input, given, way) => {
        const model = neuronModel(semantics)
        const trace = runAlone(model, {}, input)
        const gradients = goBack(model, {}, trace, given)
        const tangents = input.map((value, t) => ({ value, slope: way.input[t] }))
        const slope = slopeOf(semantics.surrogate.name)
        const forward = forwardChange(
          tangentIntegrateFire(semantics, tangents, [...trace.spikes], slope),
          given,
        )
        expectSame(dot(gradients.input, way.input), forward, Math.abs(forward))
      }),
      { numRuns: 600, seed: 3 },
    )
  })
})

it('the tangents themselves: a product rule', () => {
  const none = {
    model: 'leaky',
    reset: 'none',
    delayed: true,
    inhibition: false,
    surrogate: { name: 'atan' },
  } as const
  const trace = tangentLeaky(
    none,
    [fixed(3), fixed(0)],
    { value: 0.5, slope: 1 },
    fixed(9),
    { spikes: [0, 0], flags: [0, 0] },
    () => 0,
  )
  expect(trace.membrane[1]).toEqual({ value: 1.5, slope: 3 })
})
