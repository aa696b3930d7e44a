import { describe, expect, it } from 'vitest'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { errorText } from '../../../src-renderer/i18n/errors.ts'
import { pickLanguage } from '../../../src-renderer/i18n/index.ts'
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
} from '../../../src-renderer/i18n/numbers.ts'

describe('words for errors', () => {
  it('fill the sentence of a code, thrown or received', () => {
    const data = { field: 'Decay', found: 1.2, range: 'from 0 to 1' }
    const sentence = 'Decay is 1.2; it must be from 0 to 1.'
    expect(errorText({ code: 'field.range', data })).toBe(sentence)
    expect(errorText(new SpikedeskError('field.range', data))).toBe(sentence)
  })

  it('say something plain of anything else', () => {
    expect(errorText(new Error('boom'))).toBe('Something went wrong inside the program: boom')
  })
})

describe('words for numbers', () => {
  it.each([
    [formatCount(412300), '412,300'],
    [formatNumber(0.25), '0.25'],
    [formatNumber(5e-8), '5e-8'],
    [formatNumber(1000), '1000'],
    [formatNumber(79510), '79,510'],
    [formatPercent(0.8794), '87.9 %'],
    [formatBytes(999), '999 B'],
    [formatBytes(1536), '1.5 KiB'],
    [formatBytes(14.2 * 1024 ** 2), '14.2 MiB'],
    [formatDuration(0.84), '0.8 s'],
    [formatDuration(185), '3 min 05 s'],
    [formatDuration(7620), '2 h 07 min'],
  ])('%s is %s', (text, wanted) => {
    expect(text).toBe(wanted)
  })
})

describe('the language', () => {
  it('is the first wanted one that there is, else English', () => {
    expect(pickLanguage(['fr-FR', 'en-GB'])).toBe('en')
    expect(pickLanguage([])).toBe('en')
  })
})
