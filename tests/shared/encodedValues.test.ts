import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodedNumbers, numbersOf, valueAt, valuesOfStep } from '../../src-shared/encodedValues.ts'

const number = fc.oneof(
  fc.constantFrom(0, 0, 0, 1),
  fc.integer({ min: -300, max: 300 }),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
)
const samples = fc
  .record({ steps: fc.integer({ min: 1, max: 4 }), inputs: fc.integer({ min: 1, max: 70 }) })
  .chain(({ steps, inputs }) =>
    fc.record({
      steps: fc.constant(steps),
      values: fc.array(number, { minLength: steps * inputs, maxLength: steps * inputs }),
    }),
  )
/** Without the sign of zero, of which nothing is kept. */
const plain = (values: Iterable<number>): number[] => [...values].map((value) => value + 0)

it('encoded values hold any numbers, as they are at every step and input', () => {
  fc.assert(
    fc.property(samples, ({ steps, values }) => {
      const numbers = Float32Array.from(values)
      const inputs = numbers.length / steps
      const encoded = encodedNumbers(numbers, steps)
      expect(plain(numbersOf(encoded))).toEqual(plain(numbers))
      expect(plain(valuesOfStep(encoded, steps - 1))).toEqual(plain(numbers.slice(-inputs)))
      expect(valueAt(encoded, steps - 1, inputs - 1) + 0).toBe(numbers[numbers.length - 1] + 0)
    }),
  )
})

it('encoded values of few steps come again and again', () => {
  const values = encodedNumbers(Float32Array.of(0, 2, 3, 0), 2, 5)
  expect([...numbersOf(values)]).toEqual([0, 2, 3, 0, 0, 2, 3, 0, 0, 2])
  expect([...valuesOfStep(values, 3)]).toEqual([3, 0])
  expect([valueAt(values, 4, 1), valueAt(values, 4, 0)]).toEqual([2, 0])
})

it('encoded values take a bit each where they are spikes, and a byte each where few are different', () => {
  const kept = (values: readonly number[]) => encodedNumbers(Float32Array.from(values), 1)
  expect(kept([0, 1, 1])).toMatchObject({ numbers: null, palette: null })
  expect(kept([0.5, 0, -1, 0.5])).toMatchObject({
    numbers: Uint8Array.of(0, 1, 0),
    palette: Float32Array.of(0.5, -1),
  })
  const different = Array.from({ length: 256 }, (_, i) => (i + 1) / 300)
  expect(kept([...different, different[7]]).numbers).toEqual(Uint8Array.of(...different.keys(), 7))
  const tooMany = [...different, 7]
  expect(kept(tooMany)).toMatchObject({ numbers: Float32Array.from(tooMany), palette: null })
})
