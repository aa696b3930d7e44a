import type { ErrorCode, ErrorData, ErrorValue } from './index.ts'
import type { Phrase, PhraseCode } from './phrases.ts'

/** What an edge needs to put errors into words of one language. */
export interface Words {
  sentences: Readonly<Record<ErrorCode, string>>
  phrases: Readonly<Record<PhraseCode, string>>
  /** A number as the edge writes it. */
  number(value: number): string
  /** The name of a parameter, encoding or transform in that language, for its English label. */
  label(english: string): string
}

/** Data that are labels of the shared tables. */
const labels = ['field', 'encoding', 'transform']

function fill(words: Words, text: string, data: Readonly<Record<string, ErrorValue>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (!Object.hasOwn(data, name)) return whole
    const value = data[name]
    if (labels.includes(name) && typeof value === 'string') return words.label(value)
    if (typeof value === 'object' && value !== null) return phraseIn(words, value)
    return typeof value === 'number' ? words.number(value) : String(value)
  })
}

/** A phrase in a language. What fills it is never filled again. */
export function phraseIn(words: Words, phrase: Phrase): string {
  return fill(words, words.phrases[phrase.phrase] ?? phrase.phrase, phrase)
}

/** The sentence of an error in a language. Unknown placeholders stay visible, so that a test finds them. */
export function sentenceIn(words: Words, code: ErrorCode, data: ErrorData): string {
  return fill(words, words.sentences[code] ?? code, data)
}
