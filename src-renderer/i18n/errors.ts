import {
  errorSentences,
  toErrorMessage,
  type ErrorCode,
  type ErrorData,
  type ErrorMessage,
} from '../../src-shared/errors/index.ts'
import { i18n } from './index.ts'
import { errors as english } from './en/errors.ts'
import { formatNumber } from './numbers.ts'

/** Sentences by language. A language lists the codes of the English table, no more and no fewer. */
const sentences: Record<string, Record<ErrorCode, string>> = { en: english }

function isErrorMessage(value: unknown): value is ErrorMessage {
  return typeof value === 'object' && value !== null && 'code' in value && 'data' in value
}

function filled(sentence: string, data: ErrorData): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (!(name in data)) return whole
    const value = data[name]
    return typeof value === 'number' ? formatNumber(value) : String(value)
  })
}

/**
 * Anything thrown or received as an error, in one sentence of the language on screen. Reactive where it is
 * called while rendering.
 */
export function errorText(error: unknown): string {
  const { code, data } = isErrorMessage(error) && !(error instanceof Error) ? error : toErrorMessage(error)
  const table = sentences[i18n.global.locale.value] ?? english
  return filled(table[code] ?? errorSentences[code] ?? code, data)
}
