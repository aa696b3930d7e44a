import { SpikedeskError } from '../../../../src-shared/errors/index.ts'
import { refusalPhrases } from '../../../../src-shared/errors/refusals.ts'

type RefusalCode = keyof typeof refusalPhrases

function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusalPhrases, code)
}

/** What the C++ engine threw (`src-native/engine/refuse.h`) as the error of a layer; null where it is none. */
export function refusalOf(error: unknown): SpikedeskError | null {
  if (!(error instanceof Error) || !('reason' in error) || !('layer' in error)) return null
  const code = `refusal.${String(error.reason)}`
  if (!isRefusalCode(code)) return null
  const name = 'named' in error ? String(error.named) : ''
  const data = { engine: 'native', layer: String(error.layer), reason: { phrase: code, name } }
  return new SpikedeskError('engine.layer', data, error)
}
