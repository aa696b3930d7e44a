import { systemReason, type Phrase } from './phrases.ts'

/** The code of an error of the system or of SQLite; empty where it has none. */
export function systemCode(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return ''
  return typeof thrown.code === 'string' ? thrown.code : ''
}

/** Codes of the system, whose messages only add the path and the call. */
const systemCodes = /^E[A-Z0-9]+$/

/** Why a file, folder or database could not be read, as part of a sentence, without stack and path. */
export function reasonOf(thrown: unknown): string | Phrase {
  const code = systemCode(thrown)
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return systemReason(code) ?? (systemCodes.test(code) ? code : message)
}

/** Why one could not be written: what does not exist is a folder of its path then. */
export function writingReasonOf(thrown: unknown): string | Phrase {
  return systemCode(thrown) === 'ENOENT' ? { phrase: 'reason.folderMissing' } : reasonOf(thrown)
}
