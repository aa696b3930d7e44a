import { lossField, lossTables } from '../../src-shared/lossTables.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorSentence } from '../../src-shared/errors/index.ts'
import { encodingTables } from '../../src-shared/encodingTables.ts'
import {
  optimizerTables,
  subsetFields,
  timeStepsField,
  trainingFields,
} from '../../src-shared/experimentFields.ts'
import {
  checkField,
  checkFields,
  defaultValues,
  parseNumber,
  parseNumbers,
  rangeText,
  type Field,
  type NumberField,
} from '../../src-shared/fields.ts'
import { layerDefinitions } from '../../src-shared/model/layers/index.ts'
import { surrogates } from '../../src-shared/model/surrogates.ts'

const tables: [string, readonly Field[]][] = [
  ...layerDefinitions.map(({ kind, fields }): [string, readonly Field[]] => [kind, fields]),
  ...Object.entries(encodingTables).map(([kind, { fields }]): [string, readonly Field[]] => [kind, fields]),
  ...Object.entries(optimizerTables).map(([kind, { fields }]): [string, readonly Field[]] => [kind, fields]),
  ...surrogates.map(({ name, fields }): [string, readonly Field[]] => [name, fields]),
  ...Object.entries(lossTables).map(([kind, { fields }]): [string, readonly Field[]] => [kind, fields]),
  ['training', [timeStepsField, lossField, ...trainingFields]],
  ['subset', subsetFields],
]

describe('parameter tables', () => {
  it.each(tables)('%s: keys differ, defaults hold, help is a sentence', (_name, fields) => {
    expect(new Set(fields.map((field) => field.key)).size).toBe(fields.length)
    expect(checkFields(fields, defaultValues(fields))).toEqual([])
    for (const field of fields) {
      expect(field.label).not.toBe('')
      expect(field.help).toMatch(/\.$/)
    }
  })

  it('hand out surrogates that can be changed without changing the table', () => {
    const leaky = layerDefinitions.find(({ kind }) => kind === 'leaky')
    const values = defaultValues(leaky?.fields ?? [])
    Object.assign(values.surrogate, { alpha: 99 })
    expect(defaultValues(leaky?.fields ?? []).surrogate).toMatchObject({ alpha: 2 })
  })
})

const share: NumberField = {
  type: 'number',
  key: 'share',
  label: 'Share',
  min: 0,
  minExclusive: true,
  max: 1,
  step: 0.1,
  default: 0.5,
  help: 'A share.',
}

describe('checkField', () => {
  it('holds numbers to their range', () => {
    expect(checkField(share, 1)).toBeNull()
    expect(checkField(share, 0)).toMatchObject({ code: 'field.range' })
    expect(checkField({ ...share, minExclusive: false }, 0)).toBeNull()
    expect(checkField(share, 1.5)).toMatchObject({ code: 'field.range', data: { found: '1.5' } })
    expect(checkField(share, Number.POSITIVE_INFINITY)).toMatchObject({ code: 'field.range' })
  })

  it('refuses what is not a number', () => {
    for (const value of [Number.NaN, '1', null, undefined, {}, []]) {
      expect(checkField(share, value)).toMatchObject({ code: 'field.notNumber' })
    }
  })

  it('wants whole numbers for integers', () => {
    expect(checkField(timeStepsField, 2.5)).toMatchObject({ code: 'field.notInteger' })
    expect(checkField(timeStepsField, -3)).toMatchObject({ code: 'field.range' })
  })

  it('wants one of the options', () => {
    expect(checkField(lossField, 'ce_count')).toBeNull()
    expect(checkField(lossField, 'hinge')).toMatchObject({ code: 'field.choice' })
  })

  it('never throws, whatever it is given, and its problems make whole sentences', () => {
    const fields = tables.flatMap(([, table]) => table)
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.anything(), (field, value) => {
        const problem = checkField(field, value)
        if (problem) expect(errorSentence(problem.code, problem.data)).not.toMatch(/\{\w+\}/)
      }),
    )
  })
})

describe('checkFields', () => {
  it('lets a document leave out what came after it', () => {
    const late: Field = {
      type: 'boolean',
      key: 'late',
      label: 'Late',
      default: false,
      optional: true,
      help: '',
    }
    expect(checkFields([late], {})).toEqual([])
    expect(checkFields([late], { late: 1 })).toMatchObject([{ key: 'late', code: 'field.notBoolean' }])
  })

  it('names unknown and missing keys', () => {
    const problems = checkFields([share], { sahre: 0.5 })
    expect(problems).toMatchObject([
      { key: 'sahre', code: 'field.unknown' },
      { key: 'share', code: 'field.missing' },
    ])
  })
})

describe('rangeText', () => {
  it('says whether the lower end belongs', () => {
    expect(rangeText(share)).toBe('above 0 to 1')
    expect(rangeText({ ...share, minExclusive: false })).toBe('from 0 to 1')
  })
})

describe('parseNumber', () => {
  it.each([
    ['1', 1],
    [' 5e-4 ', 5e-4],
    ['.5', 0.5],
    ['-2.', -2],
    ['+1E3', 1000],
  ])('reads %j', (text, value) => {
    expect(parseNumber(text)).toBe(value)
  })

  it.each(['', ' ', '1,5', '0x10', '1e', 'e5', '.', 'Infinity', '1 2', '--1'])('refuses %j', (text) => {
    expect(parseNumber(text)).toBeNaN()
  })

  it('reads back every number that it is shown', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Math.abs(parseNumber(String(value)))).toBe(Math.abs(value))
      }),
    )
  })
})

describe('a field of several numbers', () => {
  const field: Field = {
    type: 'numbers',
    key: 'steps',
    label: 'Steps',
    min: 0,
    max: 9,
    most: 3,
    default: '',
    help: 'Steps.',
  }

  it.each(['', '1', '1, 2.5', ' 1 2;3 '])('takes "%s"', (text) => {
    expect(checkField(field, text)).toBeNull()
  })

  it.each(['1, x', '1, 10', '1, 2, 3, 4', 7, null, ['1']])('refuses %j', (value) => {
    expect(checkField(field, value)).toMatchObject({ code: 'field.notNumbers' })
  })

  it('is read as numbers', () => {
    expect(parseNumbers('3, -0.5  1e2')).toEqual([3, -0.5, 100])
    expect(parseNumbers('')).toEqual([])
    expect(parseNumbers('3, three')).toBeNull()
  })
})
