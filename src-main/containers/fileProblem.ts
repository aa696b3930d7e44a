import { englishPhrase, type Phrase, type PhraseCode } from '../../src-shared/errors/index.ts'

/** What is wrong with the bytes of a file, as the end of a sentence. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem'
  readonly phrase: Phrase

  constructor(code: PhraseCode, data: Record<string, string | number | Phrase> = {}) {
    const phrase = { ...data, phrase: code }
    super(englishPhrase(phrase))
    this.phrase = phrase
  }
}

/** Text from a file as a sentence may show it: short, and without control characters. */
export function shown(text: string): string {
  const plain = text.replace(/\p{C}/gu, '�')
  return plain.length > 80 ? `${plain.slice(0, 80)}…` : plain
}
