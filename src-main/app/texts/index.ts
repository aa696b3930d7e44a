import { app } from 'electron'
import { toErrorMessage } from '../../../src-shared/errors/index.ts'
import { sentenceIn } from '../../../src-shared/errors/words.ts'
import { languageTexts, pickLanguage, type Language } from '../../../src-shared/languages/index.ts'
import { english } from './en.ts'
import { korean } from './ko.ts'
import type { ShellTexts } from './shellTexts.ts'
import { chinese } from './zh.ts'

export const programName = 'Spikedesk'

export const shellTexts: Readonly<Record<Language, ShellTexts>> = { en: english, ko: korean, zh: chinese }

/** The shell's language: the first of the system's that there is, as the page too begins with. */
export function systemLanguage(): Language {
  return pickLanguage(app.getPreferredSystemLanguages())
}

/** What the shell says in that language. */
export function texts(): ShellTexts {
  return shellTexts[systemLanguage()]
}

/** Anything thrown, or an error that was received, in one sentence of the shell's language. */
export function errorWords(error: unknown): string {
  const { errorSentences: sentences, phrases } = languageTexts[systemLanguage()]
  const { code, data } = toErrorMessage(error)
  return sentenceIn({ sentences, phrases, number: String, label: (label) => label }, code, data)
}
