import { totalmem } from 'node:os'
import { SpikedeskError } from '../../../../src-shared/errors/index.ts'
import { refusalPhrases } from '../../../../src-shared/errors/refusals.ts'

type RefusalCode = keyof typeof refusalPhrases

/** Of networks that the reference engine runs; the others no engine runs, or they are too large. */
const ranByReference: readonly RefusalCode[] = ['refusal.lastMaps']

function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusalPhrases, code)
}

/** What C++ throws where it cannot have memory or threads; see `src-native/engine/refuse.h`. */
function shortageOf(error: Error, threads: number): SpikedeskError | null {
  if (!('lacks' in error)) return null
  return error.lacks === 'threads'
    ? new SpikedeskError('engine.noThreads', { threads }, error)
    : new SpikedeskError('engine.noMemory', { machine: Math.floor(totalmem() / 2 ** 20) }, error)
}

/** What the C++ engine threw (`src-native/engine/refuse.h`) as an error of ours; null where it is none. */
function refusalOf(error: unknown, threads: number): SpikedeskError | null {
  if (!(error instanceof Error)) return null
  if (!('reason' in error) || !('layer' in error)) return shortageOf(error, threads)
  const code = `refusal.${String(error.reason)}`
  if (!isRefusalCode(code)) return null
  const name = 'named' in error ? String(error.named) : ''
  const data = { engine: 'native', layer: String(error.layer), reason: { phrase: code, name } }
  return new SpikedeskError(
    ranByReference.includes(code) ? 'engine.layerReference' : 'engine.layer',
    data,
    error,
  )
}

/**
 * Calls the C++ engine.
 *
 * @param threads that it was asked for
 * @throws SpikedeskError `engine.layer`, `engine.layerReference`, `engine.noMemory`, `engine.noThreads`
 */
export function withReasons<Result>(threads: number, call: () => Result): Result {
  try {
    return call()
  } catch (error) {
    throw refusalOf(error, threads) ?? error
  }
}
