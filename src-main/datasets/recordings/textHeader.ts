import { SpikedeskError } from '../../../src-shared/errors/index.ts'

/** The longest header of text lines that is read. */
const headerLimit = 1 << 20

/** Whether bytes begin with the characters of a text. */
export function beginsWith(bytes: Uint8Array, text: string): boolean {
  return bytes.length >= text.length && [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0))
}

/**
 * Length of the lines at the beginning that start with `mark`. Where `last` is given, the line with it is the last.
 * @throws SpikedeskError `recording.damaged` where a line or the header does not end
 */
export function headerLength(bytes: Uint8Array, mark: string, file: string, last?: string): number {
  let at = 0
  while (bytes[at] === mark.charCodeAt(0)) {
    const end = bytes.indexOf(10, at)
    if (end < 0 || end > headerLimit)
      throw new SpikedeskError('recording.damaged', { file, detail: { phrase: 'detail.header' } })
    const isLast = last !== undefined && beginsWith(bytes.subarray(at, end), last)
    at = end + 1
    if (isLast) return at
  }
  if (last !== undefined)
    throw new SpikedeskError('recording.damaged', { file, detail: { phrase: 'detail.header' } })
  return at
}

/** The header as text. */
export function headerText(bytes: Uint8Array, length: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(0, length))
}
