import { createI18n } from 'vue-i18n'
import { en } from './en/index.ts'

/** Languages that have every text, in the order of the list, each by its own name. */
export const languages = [{ id: 'en', name: 'English' }] as const
export type Language = (typeof languages)[number]['id']

export type Messages = typeof en

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en },
  missingWarn: true,
})

/** The first of the wanted languages (as `navigator.languages` lists them) that there is, else English. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = languages.find(({ id }) => tag.toLowerCase().split('-')[0] === id)
    if (found) return found.id
  }
  return 'en'
}

/** Switches the language at once; `lang` tells the browser which forms of Han glyphs to take. */
export function setLanguage(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
