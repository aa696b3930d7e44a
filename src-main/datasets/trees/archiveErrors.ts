import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { FileProblem } from '../../containers/fileProblem.ts'
import { unreadable } from '../location.ts'

/** Above so many bytes, content that unpacks to more than a hundred times its size is taken for an attack. */
const harmlessBytes = 1 << 20
const largestRatio = 100

/** What was thrown over a zip archive as an error about it; `name` is that of the file in it that was read. */
export function archiveError(file: string, thrown: unknown, name?: string): SpikedeskError {
  if (!(thrown instanceof FileProblem)) return unreadable(file, thrown)
  const { phrase, ...data } = thrown.phrase
  switch (phrase) {
    case 'problem.encrypted':
      return new SpikedeskError('archive.encrypted', { file, ...data }, thrown)
    case 'problem.packing':
      return new SpikedeskError('archive.method', { file, ...data }, thrown)
    case 'problem.bomb':
      return new SpikedeskError('archive.absurd', { file, ...data, found: data.size }, thrown)
    case 'problem.twice':
      return new SpikedeskError('archive.nameTwice', { file, ...data }, thrown)
    case 'problem.manyEntries':
      return new SpikedeskError('archive.tooMany', { path: file, ...data }, thrown)
  }
  const entry = name ?? data.name
  return entry === undefined
    ? new SpikedeskError('archive.damaged', { file }, thrown)
    : new SpikedeskError('archive.damagedEntry', { file, name: entry }, thrown)
}

/** Throws `archive.absurd` where a file in an archive claims far more bytes than it takes there. */
export function requireHarmless(file: string, name: string, packed: number, size: number): void {
  if (size > harmlessBytes && size > packed * largestRatio)
    throw new SpikedeskError('archive.absurd', { file, name, found: size, packed })
}
