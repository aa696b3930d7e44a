import { systemReason, type Phrase } from '../../src-shared/errors/phrases.ts'

/** The code of an error of the system or of SQLite; empty where it has none. */
export function systemCode(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return ''
  return typeof thrown.code === 'string' ? thrown.code : ''
}

/** Why a file or database could not be used, as part of a sentence. */
export function reasonText(thrown: unknown): string | Phrase {
  const code = systemCode(thrown)
  if (code === 'ENOENT') return { phrase: 'reason.folderMissing' }
  return systemReason(code) ?? (thrown instanceof Error ? thrown.message : String(thrown))
}
