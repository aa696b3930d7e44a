import { toErrorMessage, type ErrorMessage, type Phrase } from '../../src-shared/errors/index.ts'
import { phraseIn, sentenceIn, type Words } from '../../src-shared/errors/words.ts'
import { languageTexts } from '../../src-shared/languages/index.ts'
import { i18n } from './index.ts'
import { formatNumber } from './numbers.ts'
import { inWords } from './terms.ts'

function words(): Words {
  const { errorSentences, phrases } = languageTexts[i18n.global.locale.value]
  return { sentences: errorSentences, phrases, number: formatNumber, label: inWords }
}

function isErrorMessage(value: unknown): value is ErrorMessage {
  return typeof value === 'object' && value !== null && 'code' in value && 'data' in value
}

/**
 * Anything thrown or received as an error, in one sentence of the language on screen. Reactive where it is
 * called while rendering.
 */
export function errorText(error: unknown): string {
  const { code, data } = isErrorMessage(error) && !(error instanceof Error) ? error : toErrorMessage(error)
  return sentenceIn(words(), code, data)
}

/** A part of a sentence, such as the range of a field, in the language on screen. */
export function phraseText(phrase: Phrase): string {
  return phraseIn(words(), phrase)
}
