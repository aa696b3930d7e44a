import { createI18n } from 'vue-i18n'
import { languages, type Language } from '../../src-shared/languages/index.ts'
import { en } from './en/index.ts'
import { ko } from './ko/index.ts'
import { zh } from './zh/index.ts'

export { languages, pickLanguage, type Language } from '../../src-shared/languages/index.ts'

/** Korean and Chinese have one form for every number; a first form before it speaks of none. */
function noneOrSome(count: number, forms: number): number {
  return forms > 1 && count > 0 ? forms - 1 : 0
}

export const i18n = createI18n({
  legacy: false,
  locale: 'en' as Language,
  fallbackLocale: 'en',
  messages: { en, ko, zh },
  pluralRules: { ko: noneOrSome, zh: noneOrSome },
  missingWarn: true,
})

/** Switches the language at once; `lang` tells the browser which forms of Han glyphs to take. */
export function setLanguage(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = languages.find(({ id }) => id === language)?.tag ?? language
}
