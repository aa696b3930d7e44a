import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backends, findBackend } from '../../../src-main/engine/backends/index.ts'
import { compileNetwork, type NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { NamedTensor } from '../../../src-main/engine/executor.ts'
import { needsAllSteps, stretchesOf } from '../../../src-main/engine/stretches.ts'
import { runAll } from './compareBackends.ts'
import { run } from './comparedRuns.ts'
import { runOnEvents } from './eventRuns.ts'
import { layer, network } from './fixtures.ts'
import { opNetworks, readOut } from './opNetworks.ts'
import { eventCases } from './randomEvents.ts'
import { graphCases } from './randomGraphs.ts'
import { mapCases } from './randomMaps.ts'
import { randomCases } from './randomNetworks.ts'
import { regularisers } from './randomUpdates.ts'

const isAble = (spec: NetworkSpec) => needsAllSteps(compileNetwork(spec)) === null
const stretches = fc.integer({ min: 1, max: 4 })
const truncations = fc.constantFrom(0, 0, 1, 2, 3)

const largest = (data: Float32Array) => data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** Sums in another order: to 1e-5 of the largest, or of what cancelled. */
function expectSums(found: readonly NamedTensor[], wanted: readonly NamedTensor[]): void {
  const overall = Math.max(...wanted.map(({ data }) => largest(data)))
  wanted.forEach(({ name, data }, i) => {
    const scale = Math.max(largest(data), 0.1 * overall)
    if (!Number.isFinite(scale)) return
    const worst = data.reduce((most, value, at) => Math.max(most, Math.abs(value - found[i].data[at])), 0)
    expect(worst, `${name} of scale ${scale}`).toBeLessThanOrEqual(1e-5 * scale)
  })
}

describe('the stretches of a program', () => {
  it('cover its steps, the last one what is left', () => {
    expect(stretchesOf({ timeSteps: 7, stretch: 3 })).toEqual([
      { index: 0, first: 0, steps: 3 },
      { index: 1, first: 3, steps: 3 },
      { index: 2, first: 6, steps: 1 },
    ])
    for (const stretch of [0, 7, 8]) {
      expect(stretchesOf({ timeSteps: 7, stretch })).toEqual([{ index: 0, first: 0, steps: 7 }])
    }
  })

  it('need not be for statistics of each step, or of an input that stays', () => {
    const norm = (statistics: string, still: boolean) =>
      compileNetwork(
        network(
          [layer('fc', 'linear'), layer('norm', 'batchnorm1d', { statistics }), layer('n', 'leaky')],
          [4],
          {
            encoding: { kind: 'given', static: still },
          },
        ),
      )
    expect(needsAllSteps(norm('sequence', false))).toBe('norm')
    for (const program of [norm('step', false), norm('sequence', true)])
      expect(needsAllSteps(program)).toBe(null)
  })
})

describe.each(backends.map(({ id }) => id))('steps in stretches on %s', (id) => {
  const backend = findBackend(id)
  const test = backend.unavailable() === null ? it : it.skip

  test('give the same spikes and losses, and the same gradients up to rounding, on random networks', () => {
    const changes = fc.record({ regularisers, truncation: truncations })
    fc.assert(
      fc.property(randomCases, changes, stretches, (given, changed, stretch) => {
        const spec = { ...given.spec, ...changed }
        fc.pre(isAble(spec))
        const wanted = runAll(backend, compileNetwork(spec), given, 1)
        const found = runAll(backend, compileNetwork({ ...spec, stretch }), given, 2)
        expect(found.traces).toEqual(wanted.traces)
        expect(found.evaluated).toEqual(wanted.evaluated)
        expect(found.result).toEqual(wanted.result)
        expectSums(found.gradients, wanted.gradients)
        expect(found.updates[0].result).toEqual(wanted.updates[0].result)
        expect(found.updates[0].after.step).toBe(wanted.updates[0].after.step)
      }),
      { numRuns: id === 'native' ? 100 : 30, seed: 3 },
    )
  })

  test.each([
    { name: 'maps', cases: mapCases },
    { name: 'graphs', cases: graphCases },
  ])('do so on random $name', ({ cases }) => {
    fc.assert(
      fc.property(cases, stretches, (given, stretch) => {
        fc.pre(isAble(given.spec))
        const wanted = run(backend, given, 1)
        const found = run(backend, { ...given, spec: { ...given.spec, stretch } }, 2)
        expect(found.before).toEqual(wanted.before)
        expect(found.result).toEqual(wanted.result)
        expectSums(found.gradients, wanted.gradients)
        expect(found.trained).toEqual(wanted.trained)
      }),
      { numRuns: id === 'native' ? 40 : 20, seed: 4 },
    )
  })

  test('do so on event frames, whose samples travel alone', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(eventCases, fc.constantFrom(1, 2, 3, 4, 9), (given, stretch) => {
        const { state: _wantedState, ...wanted } = runOnEvents(backend, given, 1)
        const { state: _foundState, ...found } = runOnEvents(
          backend,
          { ...given, spec: { ...given.spec, stretch } },
          2,
        )
        expectSums(found.gradients, wanted.gradients)
        expect({ ...found, gradients: [] }).toEqual({ ...wanted, gradients: [] })
      }),
      { numRuns: id === 'native' ? 40 : 15, seed: 5, endOnFailure: true },
    )
  })

  test('are refused where statistics are over all of them', () => {
    const [spec] = opNetworks.batchNorm.map((each) => readOut(each, 'spikes'))
    const program = compileNetwork({ ...spec, stretch: 2 })
    for (const work of [() => backend.create(program, 1), () => backend.memory(program, 1)]) {
      expect(work).toThrow(/layer "norm".*statistics are over all time steps/)
    }
  })
})
