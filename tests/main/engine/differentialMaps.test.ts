import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backends, createExecutor, findBackend } from '../../../src-main/engine/backends/index.ts'
import { compileNetwork } from '../../../src-main/engine/compile.ts'
import { expectClose, run, scaledTraces, spikesAgree } from './comparedRuns.ts'
import { EdgeTally, mapEdges } from './edges.ts'
import { layer, network } from './fixtures.ts'
import { flattenedCases, graphCases } from './randomGraphs.ts'
import { mapCases } from './randomMaps.ts'

const reference = findBackend('reference')
const kinds = [
  { kind: 'maps', cases: mapCases, runs: 80, edges: mapEdges },
  { kind: 'graphs', cases: graphCases, runs: 25, edges: mapEdges },
  // Their batches are full.
  {
    kind: 'flattened maps',
    cases: flattenedCases,
    runs: 30,
    edges: mapEdges.filter((edge) => edge !== 'a short last batch'),
  },
]
const others = backends.filter(({ id }) => id !== reference.id)
const everywhere = others.flatMap(({ id }) => kinds.map((each) => ({ id, ...each })))

describe.each(everywhere)('$id on $kind', ({ id, cases, runs, edges }) => {
  const backend = findBackend(id)
  const test = backend.unavailable() === null ? it : it.skip

  test('agrees with the reference on random networks, at the edges', { timeout: 120_000 }, () => {
    let compared = 0
    const tally = new EdgeTally()
    fc.assert(
      fc.property(cases, (given) => {
        const [found, wanted] = [run(backend, given, 1), run(reference, given, 1)]
        const same = spikesAgree(found.before, wanted.before, scaledTraces(given))
        const spikes = (each: typeof wanted) => [...each.result.layerSpikes, ...each.result.counts].join()
        // A membrane within rounding of its threshold may spike or not; then nothing after it can be compared.
        if (!same || spikes(found) !== spikes(wanted)) return
        compared++
        tally.note(compileNetwork(given.spec), found.result)
        expect(found.trained).toEqual({ ...found.result, loss: found.trained.loss })
        expect(Math.abs(found.result.loss - wanted.result.loss)).toBeLessThan(1e-4 * (1 + wanted.result.loss))
        expectClose(found.gradients, wanted.gradients)
        expectClose(found.state.parameters, wanted.state.parameters)
      }),
      { numRuns: runs, seed: 11 },
    )
    expect(compared).toBeGreaterThan(0.85 * runs)
    expect(tally.missing(edges, 3)).toEqual([])
  })

  test('gives the same bits for one, two and four threads', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const one = run(backend, given, 1)
        expect(run(backend, given, 2)).toEqual(one)
        expect(run(backend, given, 4)).toEqual(one)
      }),
      { numRuns: 25, seed: 12 },
    )
  })
})

describe('the native engine', () => {
  it('names the layer that it cannot run, and the reference runs it', () => {
    const recurrent = layer('loop', 'rleaky', { allToAll: true, recurrentKernel: 3 })
    const program = compileNetwork(network([layer('conv', 'conv2d', { outputs: 2 }), recurrent], [1, 4, 4]))
    expect(() => createExecutor('native', program, 1)).toThrow(/layer "loop".*must not have maps/)
    expect(() => createExecutor('reference', program, 1)).not.toThrow()
  })
})
