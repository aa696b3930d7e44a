import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findBackend } from '../../src-main/engine/backends/index.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import { compare } from '../main/engine/compareBackends.ts'
import { expectClose, run, scaledTraces, spikesAgree } from '../main/engine/comparedRuns.ts'
import { EdgeTally, everyEdge, mapEdges } from '../main/engine/edges.ts'
import { graphCases } from '../main/engine/randomGraphs.ts'
import { mapCases } from '../main/engine/randomMaps.ts'
import { randomCases } from '../main/engine/randomNetworks.ts'
import { emulatedBackend } from './emulatedBackend.ts'

const reference = findBackend('reference')

test('networks of features agree with the reference, at every edge', () => {
  const tally = new EdgeTally()
  fc.assert(
    fc.property(randomCases, (given) => {
      const result = compare(emulatedBackend, given)
      if (result) tally.note(compileNetwork(given.spec), result)
    }),
    { numRuns: 60, seed: 31, endOnFailure: true },
  )
  expect(tally.missing(everyEdge, 2)).toEqual([])
})

test.each([
  { kind: 'maps', cases: mapCases, runs: 40 },
  { kind: 'graphs', cases: graphCases, runs: 15 },
])('networks of $kind agree with the reference, at the edges', ({ cases, runs }) => {
  const tally = new EdgeTally()
  let compared = 0
  fc.assert(
    fc.property(cases, (given) => {
      const [found, wanted] = [run(emulatedBackend, given, 2), run(reference, given, 1)]
      if (!spikesAgree(found.before, wanted.before, scaledTraces(given))) return
      compared++
      tally.note(compileNetwork(given.spec), found.result)
      expect(Math.abs(found.result.loss - wanted.result.loss)).toBeLessThan(1e-4 * (1 + wanted.result.loss))
      expectClose(found.gradients, wanted.gradients)
      expectClose(found.state.parameters, wanted.state.parameters)
    }),
    { numRuns: runs, seed: 32, endOnFailure: true },
  )
  expect(compared).toBeGreaterThan(0.8 * runs)
  expect(tally.missing(mapEdges, 1)).toEqual([])
})
