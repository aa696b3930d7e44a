// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorSentences } from '../../../src-shared/errors/index.ts'
import { errors } from '../../../src-renderer/i18n/en/errors.ts'
import { i18n } from '../../../src-renderer/i18n/index.ts'

const page = new URL('../../../src-renderer/', import.meta.url)

/** Every text by its whole key. */
function flat(messages: object, prefix = ''): [key: string, text: string][] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flat(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, String(value)] as [string, string]],
  )
}

const languages = Object.entries(i18n.global.messages.value)
const english = new Map(flat(i18n.global.messages.value.en))

/** Keys that a source file asks for in so many words. */
function askedFor(source: string): string[] {
  return [...source.matchAll(/\bt\(\s*'([\w.]+)'/g)].map(([, key]) => key)
}

const sources = readdirSync(page, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !name.startsWith('i18n'))
  .map((name) => ({ name, text: readFileSync(new URL(name, page), 'utf8') }))

describe('the texts', () => {
  it('are there for every key that the page asks for', () => {
    const missing = sources.flatMap(({ name, text }) =>
      askedFor(text)
        .filter((key) => !english.has(key))
        .map((key) => `${name}: ${key}`),
    )
    expect(sources.length).toBeGreaterThan(50)
    expect(missing).toEqual([])
  })

  it.each(languages)('have the same keys and name the same values in %s', (_language, messages) => {
    const names = (text = ''): string[] => [
      ...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)),
    ]
    const texts = new Map(flat(messages))
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [key, text] of texts) expect(names(text).sort(), key).toEqual(names(english.get(key)).sort())
  })

  it('hold a sentence for every error code', () => {
    expect(Object.keys(errors).sort()).toEqual(Object.keys(errorSentences).sort())
  })
})
