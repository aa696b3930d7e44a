import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { languages, pickLanguage, setLanguage, type Language } from '../i18n/index.ts'
import { chooseTheme, type ThemeChoice } from '../theme/theme.ts'
import { readStored, writeStored } from './stored.ts'

interface Stored {
  theme?: unknown
  language?: unknown
}

/** What somebody chose for the page itself; kept on this machine. */
export const useSettingsStore = defineStore('settings', () => {
  const stored = (readStored('settings') ?? {}) as Stored
  const themes: readonly ThemeChoice[] = ['light', 'dark', 'system']
  const theme = ref<ThemeChoice>(themes.find((choice) => choice === stored.theme) ?? 'system')
  const known = languages.find(({ id }) => id === stored.language)?.id
  const language = ref<Language>(known ?? pickLanguage(navigator.languages))

  watch(theme, chooseTheme, { immediate: true, flush: 'sync' })
  watch(language, setLanguage, { immediate: true, flush: 'sync' })
  watch([theme, language], () => writeStored('settings', { theme: theme.value, language: language.value }))

  return { theme, language }
})
