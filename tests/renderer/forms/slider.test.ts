import { describe, expect, it } from 'vitest'
import { placeOf, sliderPlaces, valueAtPlace } from '../../../src-renderer/forms/slider.ts'
import type { NumberField } from '../../../src-shared/fields.ts'

const field: NumberField = {
  ...{ type: 'number', key: 'tau', label: 'Time constant', help: '' },
  ...{ min: 0, max: 1e6, step: 0.5, default: 1, slider: [0.5, 50] },
}

describe('a slider', () => {
  it('covers its part of the range in steps of the field', () => {
    expect([0, 500, sliderPlaces].map((place) => valueAtPlace(field, place))).toEqual([0.5, 25.5, 50])
    expect([0.5, 25.25, 50].map((value) => placeOf(field, value))).toEqual([0, 500, 1000])
  })

  it('moves evenly in the exponent where its part is wide', () => {
    const wide = { ...field, slider: [1e-9, 1e-3] as const }
    expect([0, 500, sliderPlaces].map((place) => valueAtPlace(wide, place))).toEqual([1e-9, 1e-6, 1e-3])
    expect([1e-9, 1e-6, 1e-3].map((value) => placeOf(wide, value))).toEqual([0, 500, 1000])
  })

  it('stands at an end for what lies beyond, and covers the whole range where no part is named', () => {
    expect([placeOf(field, -3), placeOf(field, 1e5), placeOf(field, Number.NaN)]).toEqual([0, 1000, 0])
    const whole = { ...field, slider: undefined, min: 0, max: 10 }
    expect([valueAtPlace(whole, 1000), placeOf(whole, 5)]).toEqual([10, 500])
  })
})
