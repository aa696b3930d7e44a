import { checkpointErrors } from './checkpoints.ts'
import { datasetErrors } from './datasets.ts'
import { engineErrors } from './engine.ts'
import { hostErrors } from './host.ts'
import { importErrors } from './imports.ts'
import { modelErrors } from './model.ts'
import { pageErrors } from './page.ts'
import { phrases, type Phrase } from './phrases.ts'
import { runErrors } from './runs.ts'
import { phraseIn, sentenceIn, type Words } from './words.ts'
import { uploadErrors } from './uploads.ts'
import { workbenchErrors } from './workbench.ts'

export type { Phrase, PhraseCode } from './phrases.ts'

/**
 * Every error that may cross a boundary: its code and the English sentence for it. A sentence says what was
 * found, what was wanted and what to do. `{name}` is filled from the error's data. The page translates by code.
 */
export const errorSentences = {
  ...datasetErrors,
  ...importErrors,
  ...uploadErrors,
  ...modelErrors,
  ...engineErrors,
  ...runErrors,
  ...checkpointErrors,
  ...hostErrors,
  ...pageErrors,
  ...workbenchErrors,
} as const

export type ErrorCode = keyof typeof errorSentences
export type ErrorValue = string | number | boolean | null | Phrase
export type ErrorData = Record<string, ErrorValue>

/** An error for the user: a code with data. Words are chosen where it is shown. */
export class SpikedeskError extends Error {
  override readonly name = 'SpikedeskError'
  readonly code: ErrorCode
  readonly data: ErrorData

  constructor(code: ErrorCode, data: ErrorData = {}, cause?: unknown) {
    super(errorSentence(code, data), { cause })
    this.code = code
    this.data = data
  }
}

const english: Words = { sentences: errorSentences, phrases, number: String, label: (label) => label }

/** The English sentence of an error. Unknown placeholders stay visible, so that a test finds them. */
export function errorSentence(code: ErrorCode, data: ErrorData): string {
  return sentenceIn(english, code, data)
}

/** A phrase in English. */
export function englishPhrase(phrase: Phrase): string {
  return phraseIn(english, phrase)
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorSentences, code)
}

/** An error as it crosses a boundary. */
export interface ErrorMessage {
  code: ErrorCode
  data: ErrorData
}

/** Turns anything thrown into what crosses the boundary; what is not ours becomes `internal`. */
export function toErrorMessage(thrown: unknown): ErrorMessage {
  if (thrown instanceof SpikedeskError) return { code: thrown.code, data: thrown.data }
  return { code: 'internal', data: { detail: thrown instanceof Error ? thrown.message : String(thrown) } }
}

/** Revives what crossed the boundary. */
export function fromErrorMessage(message: ErrorMessage): SpikedeskError {
  return new SpikedeskError(message.code, message.data)
}
