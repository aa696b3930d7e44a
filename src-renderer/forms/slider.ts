import type { NumberField } from '../../src-shared/fields.ts'

/** Places of a slider; as many as there are pixels in a long one. */
export const sliderPlaces = 1000

/** Digits that a slider gives where it moves evenly in the exponent. */
const digits = 2

const isEven = ([from, to]: readonly [number, number]): boolean => from <= 0 || to / from < 1000

/** Where a value stands on the slider of a field, 0 to `sliderPlaces`; at an end where it lies beyond. */
export function placeOf(field: NumberField, value: number): number {
  const range = field.slider ?? [field.min, field.max]
  const [from, to] = range
  const share = isEven(range)
    ? (value - from) / (to - from)
    : Math.log(Math.max(value, from) / from) / Math.log(to / from)
  return Math.round(sliderPlaces * Math.min(1, Math.max(0, share || 0)))
}

/** The value at a place: a whole number of the field's steps, or two digits where it is even in the exponent. */
export function valueAtPlace(field: NumberField, place: number): number {
  const range = field.slider ?? [field.min, field.max]
  const [from, to] = range
  const share = place / sliderPlaces
  if (!isEven(range)) return Number((from * (to / from) ** share).toPrecision(digits))
  const steps = Math.round((share * (to - from)) / field.step)
  return Number(Math.min(to, from + steps * field.step).toPrecision(12))
}
