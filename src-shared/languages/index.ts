import { commands, type CommandId } from '../commands.ts'
import { errorSentences, type ErrorCode, type PhraseCode } from '../errors/index.ts'
import { phrases } from '../errors/phrases.ts'
import * as korean from './ko/index.ts'
import * as chinese from './zh/index.ts'

/** Languages that have every text, in the order of the list, each by its own name. `tag` is what `lang` says. */
export const languages = [
  { id: 'en', name: 'English', tag: 'en' },
  { id: 'ko', name: '한국어', tag: 'ko' },
  { id: 'zh', name: '简体中文', tag: 'zh-Hans' },
] as const

export type Language = (typeof languages)[number]['id']

/** The first of the wanted languages (tags as `ko-KR`, best first) that there is, else English. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = languages.find(({ id }) => tag.toLowerCase().split(/[-_]/)[0] === id)
    if (found) return found.id
  }
  return 'en'
}

/** What every edge says: errors, and the names of commands. */
export interface LanguageTexts {
  errorSentences: Readonly<Record<ErrorCode, string>>
  phrases: Readonly<Record<PhraseCode, string>>
  commandLabels: Readonly<Record<CommandId, string>>
}

const english: LanguageTexts = {
  errorSentences,
  phrases,
  commandLabels: Object.fromEntries(commands.map(({ id, label }) => [id, label])) as Record<
    CommandId,
    string
  >,
}

export const languageTexts: Readonly<Record<Language, LanguageTexts>> = {
  en: english,
  ko: korean,
  zh: chinese,
}
