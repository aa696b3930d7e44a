import { afterEach, describe, expect, it } from 'vitest'
import { SpikedeskError, type ErrorData } from '../../../src-shared/errors/index.ts'
import { errorText } from '../../../src-renderer/i18n/errors.ts'
import { i18n, setLanguage } from '../../../src-renderer/i18n/index.ts'
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
} from '../../../src-renderer/i18n/numbers.ts'

describe('words for errors', () => {
  it('fill the sentence of a code, thrown or received', () => {
    const data: ErrorData = { field: 'Decay', found: 1.2, range: { phrase: 'range.from', min: 0, max: 1 } }
    const sentence = 'Decay is 1.2; it must be from 0 to 1.'
    expect(errorText({ code: 'field.range', data })).toBe(sentence)
    expect(errorText(new SpikedeskError('field.range', data))).toBe(sentence)
  })

  it('say something plain of anything else', () => {
    expect(errorText(new Error('boom'))).toBe('Something went wrong inside the program: boom')
  })
})

describe('words for errors in another language', () => {
  afterEach(() => setLanguage('en'))

  it('name encodings and transforms in it', () => {
    setLanguage('zh')
    const [wanted, found] = [{ phrase: 'samples.images' }, { phrase: 'samples.events' }] as const
    const data: ErrorData = { encoding: 'constant current', dataset: 'constant current', wanted, found }
    expect(errorText({ code: 'encoding.reads', data })).toMatch(/^编码“恒定电流”.*“constant current”/)
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

describe('another language', () => {
  afterEach(() => setLanguage('en'))

  const data: ErrorData = {
    field: 'Time steps',
    found: '0',
    range: { phrase: 'range.from', min: 1, max: 10000 },
  }

  it('names the parameter and words the range of an error', () => {
    setLanguage('ko')
    expect(errorText({ code: 'field.range', data })).toBe(
      '시간 스텝 값이 0입니다. 1 이상 10,000 이하여야 합니다.',
    )
    setLanguage('zh')
    expect(errorText({ code: 'field.range', data })).toBe('“时间步”的值为 0。取值范围\uff1a1 到 10,000。')
  })

  it('is told to the document, with the script of its glyphs', () => {
    setLanguage('zh')
    expect(document.documentElement.lang).toBe('zh-Hans')
    setLanguage('ko')
    expect(document.documentElement.lang).toBe('ko')
  })

  it('has its own numbers and forms', () => {
    setLanguage('ko')
    expect(formatPercent(0.8794)).toBe('87.9%')
    expect(formatDuration(185)).toBe('3분 05초')
    const { t } = i18n.global
    expect([0, 1, 2].map((count) => t('runs.count', { count }, count))).toEqual([
      '실행 없음',
      '실행 1개',
      '실행 2개',
    ])
    setLanguage('zh')
    expect(formatDuration(7620)).toBe('2 小时 07 分')
    expect([0, 1, 2].map((count) => t('train.layers.weights', { count }, count))).toEqual([
      '没有参数',
      '1 个参数',
      '2 个参数',
    ])
  })
})
