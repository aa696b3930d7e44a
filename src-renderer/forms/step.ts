import type { NumberField } from '../../src-shared/fields.ts'

/**
 * The number that `steps` arrow presses lead to from `value`; null where nothing moves. A value smaller than the
 * field's step moves by a unit of its own first digit, so that 5e-5 becomes 6e-5. A press never leaves the range.
 */
export function stepped(field: NumberField, value: number, steps: number): number | null {
  if (Number.isNaN(value)) return null
  const size = Math.abs(value)
  const small = field.type === 'number' && size > 0 && size < field.step
  const step = small ? 10 ** Math.floor(Math.log10(size)) : field.step
  const next = Number((value + steps * step).toPrecision(12))
  const tooLow = field.minExclusive ? next <= field.min : next < field.min
  const bounded = tooLow ? (field.minExclusive ? value : field.min) : Math.min(field.max, next)
  const towards = steps > 0 ? bounded > value : bounded < value
  return towards ? bounded : null
}
