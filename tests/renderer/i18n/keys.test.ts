// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { i18n, languages } from '../../../src-renderer/i18n/index.ts'

const page = new URL('../../../src-renderer/', import.meta.url)

/** Every text by its whole key. */
function flat(messages: object, prefix = ''): [key: string, text: string][] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flat(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, String(value)] as [string, string]],
  )
}

const messages = i18n.global.messages.value
const english = new Map(flat(messages.en))

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

  it('are there in every language of the list', () => {
    expect(Object.keys(messages).sort()).toEqual(languages.map(({ id }) => id).sort())
  })

  it.each(languages)('have the same keys and name the same values in $id', ({ id }) => {
    const names = (text = ''): string[] => [
      ...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)),
    ]
    const texts = new Map(flat(messages[id]))
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [key, text] of texts) {
      expect(names(text).sort(), key).toEqual(names(english.get(key)).sort())
      expect(text.trim(), key).toBe(text)
      expect(text, key).not.toBe('')
    }
  })

  it.each(['ko', 'zh'] as const)('have forms for numbers where English has them, in %s', (language) => {
    const texts = new Map(flat(messages[language]))
    for (const [key, text] of english) {
      const forms = text.split(' | ').length
      expect([1, 3], key).toContain(forms)
      expect(texts.get(key)?.split(' | ').length, key).toBe(forms === 3 ? 2 : 1)
    }
  })
})
