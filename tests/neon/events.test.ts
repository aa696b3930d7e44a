import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findBackend } from '../../src-main/engine/backends/index.ts'
import { expectClose, spikesAgree } from '../main/engine/comparedRuns.ts'
import { preparedOnEvents } from '../main/engine/eventRuns.ts'
import { eventCases } from '../main/engine/randomEvents.ts'
import { emulatedBackend } from './emulatedBackend.ts'

const reference = findBackend('reference')

test('networks on event frames agree with the reference, on one and two threads alike', () => {
  let compared = 0
  const runs = 25
  fc.assert(
    fc.property(eventCases, (given) => {
      const { batch } = given
      const [one, two, wanted] = [
        preparedOnEvents(emulatedBackend, given, 1),
        preparedOnEvents(emulatedBackend, given, 2),
        preparedOnEvents(reference, given, 1),
      ]
      const found = one.gradients(batch)
      expect(two.gradients(batch)).toEqual(found)
      expect(one.train(batch)).toEqual(two.train(batch))
      expect(one.readState()).toEqual(two.readState())
      const fresh = preparedOnEvents(emulatedBackend, given, 1).trace(batch)
      const scaled = (factor: number) =>
        preparedOnEvents(reference, { ...given, gain: given.gain * factor }, 1).trace(batch)
      if (!spikesAgree(fresh, wanted.trace(batch), scaled)) return
      compared++
      expectClose(found.gradients, wanted.gradients(batch).gradients)
    }),
    { numRuns: runs, seed: 33, endOnFailure: true },
  )
  expect(compared).toBeGreaterThan(0.8 * runs)
})
