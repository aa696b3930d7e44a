import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NumberField } from '../../../src-shared/fields.ts'
import { stepped } from '../../../src-renderer/forms/step.ts'

const share: NumberField = {
  type: 'number',
  key: 's',
  label: 'S',
  help: '',
  min: 0,
  max: 1,
  step: 0.01,
  default: 0.5,
}
const rate: NumberField = { ...share, minExclusive: true, max: 10, step: 0.0001 }

describe('arrow key steps', () => {
  it.each([
    [share, 0.95, 1, 0.96],
    [share, 0.1, 2, 0.12],
    [share, 0.3, -10, 0.2],
    [share, 1, 1, null],
    [share, 0.995, 1, 1],
    [rate, 0.0005, 1, 0.0006],
    [rate, 0.00005, 1, 0.00006],
    [rate, 0.0001, -1, null],
    [share, Number.NaN, 1, null],
  ])('of field %# from %d by %d lead to %d', (field, value, steps, wanted) => {
    expect(stepped(field, value, steps)).toBe(wanted)
  })

  it('never leave the range, and never go the wrong way', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 20, noNaN: true }),
        fc.integer({ min: -100, max: 100 }),
        (value, steps) => {
          const next = stepped(share, value, steps)
          if (next === null) return
          expect(steps > 0 ? next > value : next < value).toBe(true)
          if (value >= share.min && value <= share.max)
            expect(next >= share.min && next <= share.max).toBe(true)
        },
      ),
    )
  })
})
