import { describe, expect, it } from 'vitest'
import {
  errorSentence,
  errorSentences,
  fromErrorMessage,
  isErrorCode,
  SpikedeskError,
  toErrorMessage,
  type ErrorCode,
} from '../../src-shared/errors/index.ts'

const codes = Object.keys(errorSentences) as ErrorCode[]

/** Placeholders that hold a sentence of their own, with its full stop. */
const sentencePlaceholders = ['reason', 'detail', 'problem']

function exampleData(code: ErrorCode): Record<string, string> {
  const names = [...errorSentences[code].matchAll(/\{(\w+)\}/g)].map((match) => match[1])
  const example = (name: string) => (sentencePlaceholders.includes(name) ? 'It is so.' : name)
  return Object.fromEntries(names.map((name) => [name, example(name)]))
}

describe('error sentences', () => {
  it.each(codes)('%s is a whole sentence with nothing left open', (code) => {
    const sentence = errorSentence(code, exampleData(code))
    expect(sentence).not.toMatch(/[{}]/)
    expect(sentence).toMatch(/\.$/)
    expect(sentence).toMatch(/^["A-Za-z0-9/]/)
    expect(sentence).not.toMatch(/\s\s|undefined|\bnull\b/)
  })

  it.each(codes)('%s is put in words by code and data', (code) => {
    expect(code).toMatch(/^[a-z]+(\.[a-z][A-Za-z]*)?$/)
    expect(isErrorCode(code)).toBe(true)
  })

  it('keep a placeholder that has no data in sight', () => {
    expect(errorSentence('engine.unknown', { engine: 'tpu' })).toContain('{known}')
  })

  it('do not fill placeholders of the data', () => {
    expect(errorSentence('engine.unknown', { engine: '{known}', known: 'native' })).toContain('"{known}"')
  })
})

describe('errors across a boundary', () => {
  it('come back as they went', () => {
    const error = new SpikedeskError('engine.label', { found: 12, wanted: 10, last: 9 })
    const revived = fromErrorMessage(structuredClone(toErrorMessage(error)))
    expect(revived).toMatchObject({ code: error.code, data: error.data, message: error.message })
  })

  it('are internal where they are not ours', () => {
    expect(toErrorMessage(new TypeError('x is not a function'))).toEqual({
      code: 'internal',
      data: { detail: 'x is not a function' },
    })
    expect(toErrorMessage('text').data).toEqual({ detail: 'text' })
  })

  it('knows no inherited names as codes', () => {
    expect(isErrorCode('toString')).toBe(false)
  })
})
