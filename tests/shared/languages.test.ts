import { describe, expect, it } from 'vitest'
import { commands } from '../../src-shared/commands.ts'
import {
  errorSentence,
  errorSentences,
  type ErrorCode,
  type ErrorData,
  type Phrase,
} from '../../src-shared/errors/index.ts'
import { phrases, systemReason } from '../../src-shared/errors/phrases.ts'
import { phraseIn, sentenceIn, type Words } from '../../src-shared/errors/words.ts'
import { languages, languageTexts, pickLanguage, type Language } from '../../src-shared/languages/index.ts'

const names = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()

function wordsOf(language: Language): Words {
  const { errorSentences: sentences, phrases: parts } = languageTexts[language]
  return { sentences, phrases: parts, number: String, label: (label) => label }
}

describe.each(languages)('in $id', ({ id }) => {
  const { errorSentences: sentences, phrases: parts, commandLabels } = languageTexts[id]

  it('every error has a sentence that names the same values', () => {
    expect(Object.keys(sentences).sort()).toEqual(Object.keys(errorSentences).sort())
    for (const [code, english] of Object.entries(errorSentences))
      expect(names(sentences[code as ErrorCode]), code).toEqual(names(english))
  })

  it('every phrase is there and names the same values', () => {
    expect(Object.keys(parts).sort()).toEqual(Object.keys(phrases).sort())
    for (const [code, english] of Object.entries(phrases))
      expect(names(parts[code as Phrase['phrase']]), code).toEqual(names(english))
  })

  it('every command has a label', () => {
    expect(Object.keys(commandLabels).sort()).toEqual(commands.map(({ id: command }) => command).sort())
    expect(Object.values(commandLabels)).not.toContain('')
  })
})

describe('other languages', () => {
  it.each(['ko', 'zh'] as const)('leave no sentence in English: %s', (language) => {
    const { errorSentences: sentences, phrases: parts, commandLabels } = languageTexts[language]
    const script = language === 'ko' ? /\p{Script=Hangul}/u : /\p{Script=Han}/u
    const placeholdersOnly = /^[{}\w\s:\uff1a]+$/
    for (const text of [
      ...Object.values(sentences),
      ...Object.values(parts),
      ...Object.values(commandLabels),
    ])
      if (!placeholdersOnly.test(text)) expect(text).toMatch(script)
  })

  it('Chinese uses the punctuation of Chinese', () => {
    const { errorSentences: sentences } = languageTexts.zh
    for (const text of Object.values(sentences)) expect(text).not.toMatch(/\p{Script=Han}[,:;?!()]/u)
  })
})

describe('phrases in sentences', () => {
  const range: Phrase = { phrase: 'range.above', min: 0, max: 10 }
  const data: ErrorData = { field: 'Learning rate', found: '0', range }

  it('are put in the words of the language', () => {
    expect(errorSentence('field.range', data)).toBe('Learning rate is 0; it must be above 0 to 10.')
    expect(sentenceIn({ ...wordsOf('ko'), label: () => '학습률' }, 'field.range', data)).toBe(
      '학습률 값이 0입니다. 0 초과 10 이하여야 합니다.',
    )
    expect(sentenceIn({ ...wordsOf('zh'), label: () => '学习率' }, 'field.range', data)).toBe(
      '“学习率”的值为 0。取值范围\uff1a大于 0 且不超过 10。',
    )
  })

  it('may hold phrases, and are never filled twice', () => {
    const packed: Phrase = { phrase: 'file.gzipped', file: { phrase: 'file.picture', kind: '{file}' } }
    expect(phraseIn(wordsOf('en'), packed)).toBe('a {file} picture packed with gzip')
    expect(phraseIn(wordsOf('ko'), packed)).toBe('gzip으로 압축된 {file} 그림')
  })

  it('stand for what the system and SQLite report', () => {
    expect(systemReason('EACCES')).toEqual({ phrase: 'reason.permission' })
    expect(systemReason('SQLITE_IOERR_READ')).toEqual({ phrase: 'reason.disk' })
    expect(systemReason('EUNHEARDOF')).toBeNull()
  })
})

describe('the language', () => {
  it('is the first wanted one that there is, else English', () => {
    expect(pickLanguage(['fr-FR', 'ko-KR', 'en-GB'])).toBe('ko')
    expect(pickLanguage(['zh-Hans-CN', 'ko'])).toBe('zh')
    expect(pickLanguage(['en-US', 'zh-CN'])).toBe('en')
    expect(pickLanguage(['zh_CN.UTF-8'])).toBe('zh')
    expect(pickLanguage(['fr-FR'])).toBe('en')
    expect(pickLanguage([])).toBe('en')
  })
})
