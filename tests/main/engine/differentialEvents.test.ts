import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backends, findBackend } from '../../../src-main/engine/backends/index.ts'
import { compileNetwork } from '../../../src-main/engine/compile.ts'
import { expectClose, spikesAgree } from './comparedRuns.ts'
import { EdgeTally, mapEdges } from './edges.ts'
import { preparedOnEvents, runOnEvents } from './eventRuns.ts'
import { eventCases, type EventCase } from './randomEvents.ts'

const reference = findBackend('reference')

/** What the reference makes of a batch, as far as it is compared. */
function wantedOf(given: EventCase) {
  const executor = preparedOnEvents(reference, given, 1)
  return { before: executor.trace(given.batch), ...executor.gradients(given.batch) }
}

describe.each(backends.map(({ id }) => id).filter((id) => id !== 'reference'))('%s on event frames', (id) => {
  const backend = findBackend(id)
  const test = backend.unavailable() === null ? it : it.skip

  test('agrees with the reference on random networks, at the edges', { timeout: 120_000 }, () => {
    let compared = 0
    const tally = new EdgeTally()
    const runs = 60
    fc.assert(
      fc.property(eventCases, (given) => {
        const [found, wanted] = [runOnEvents(backend, given, 1), wantedOf(given)]
        const same = spikesAgree(found.before, wanted.before, (factor) =>
          preparedOnEvents(reference, { ...given, gain: given.gain * factor }, 1).trace(given.batch),
        )
        // What is traced is what is evaluated and trained, however it is computed.
        const spikes = found.before.map((each) => each.spikes.reduce((sum, spike) => sum + spike, 0))
        for (const { layerSpikes } of [found.evaluated, found.result, found.trained])
          expect([...layerSpikes]).toEqual(spikes)
        expect(found.evaluated).toEqual(found.result)
        // A membrane within rounding of its threshold may spike or not; then nothing after it can be compared.
        if (!same) return
        compared++
        tally.note(compileNetwork(given.spec), found.result)
        expect(found.trained).toEqual(found.result)
        expect([...found.result.counts]).toEqual([...wanted.result.counts])
        expect(Math.abs(found.result.loss - wanted.result.loss)).toBeLessThan(1e-4 * (1 + wanted.result.loss))
        found.before.forEach(({ layer, membrane }, i) =>
          expectClose(
            [{ name: layer, shape: [], data: membrane }],
            [{ name: layer, shape: [], data: wanted.before[i].membrane }],
          ),
        )
        expectClose(found.gradients, wanted.gradients)
      }),
      { numRuns: runs, seed: 21, endOnFailure: true },
    )
    expect(compared).toBeGreaterThan(0.85 * runs)
    expect(tally.missing(mapEdges, 3)).toEqual([])
  })

  test('gives the same bits for one, two and four threads', () => {
    fc.assert(
      fc.property(eventCases, (given) => {
        const one = runOnEvents(backend, given, 1)
        expect(runOnEvents(backend, given, 2)).toEqual(one)
        expect(runOnEvents(backend, given, 4)).toEqual(one)
      }),
      { numRuns: 10, seed: 22, endOnFailure: true },
    )
  })

  test('goes on from a state as if it had never stopped', () => {
    fc.assert(
      fc.property(eventCases, (given) => {
        const whole = preparedOnEvents(backend, given, 2)
        whole.train(given.batch)
        const resumed = preparedOnEvents(backend, given, 1)
        resumed.writeState(whole.readState())
        expect(resumed.train(given.batch)).toEqual(whole.train(given.batch))
        expect(resumed.readState()).toEqual(whole.readState())
        whole.dispose()
        resumed.dispose()
      }),
      { numRuns: 12, seed: 23, endOnFailure: true },
    )
  })
})
