import type { Language } from '../../src-shared/languages/index.ts'
import { i18n } from './index.ts'
import { encodingTerms as koreanEncodings } from './ko/encodingTerms.ts'
import { importTerms as koreanImports } from './ko/importTerms.ts'
import { questionTerms as koreanQuestions } from './ko/questionTerms.ts'
import { sampleTerms as koreanSamples } from './ko/sampleTerms.ts'
import { targetTerms as koreanTargets } from './ko/targetTerms.ts'
import { terms as korean } from './ko/terms.ts'
import { encodingTerms as chineseEncodings } from './zh/encodingTerms.ts'
import { importTerms as chineseImports } from './zh/importTerms.ts'
import { questionTerms as chineseQuestions } from './zh/questionTerms.ts'
import { sampleTerms as chineseSamples } from './zh/sampleTerms.ts'
import { targetTerms as chineseTargets } from './zh/targetTerms.ts'
import { terms as chinese } from './zh/terms.ts'

/**
 * What the tables of the shared room say (labels and helps of parameters, layers, surrogates and presets), by its
 * English words: a text that is used in many tables is translated once, and one that changes is missed by a test.
 */
export type Terms = Readonly<Record<string, string>>

/** English is what the tables themselves say. */
export const termTables: Readonly<Partial<Record<Language, Terms>>> = {
  ko: {
    ...korean,
    ...koreanSamples,
    ...koreanEncodings,
    ...koreanImports,
    ...koreanTargets,
    ...koreanQuestions,
  },
  zh: {
    ...chinese,
    ...chineseSamples,
    ...chineseEncodings,
    ...chineseImports,
    ...chineseTargets,
    ...chineseQuestions,
  },
}

/** Words of the shared room in the language on screen; English ones that are names stay. Reactive to the language. */
export function inWords(english: string): string {
  const terms = termTables[i18n.global.locale.value]
  return terms && Object.hasOwn(terms, english) ? terms[english] : english
}
