import { closeSync, fstatSync, openSync } from 'node:fs'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { reasonOf, systemCode } from '../../../src-shared/errors/reason.ts'
import { bytesOfFile, type FileBytes } from '../../containers/fileBytes.ts'

/**
 * Opens a file for reading at any place. Throws `checkpoint.notFound` or `checkpoint.unreadable`; devices, pipes
 * and folders are not read.
 */
export function openBytes(path: string): FileBytes {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') throw new SpikedeskError('checkpoint.notFound', { path }, thrown)
    throw new SpikedeskError('checkpoint.unreadable', { path, reason: reasonOf(thrown) }, thrown)
  }
  const stats = fstatSync(file)
  if (!stats.isFile()) {
    closeSync(file)
    const reason = { phrase: stats.isDirectory() ? 'reason.folder' : 'file.device' } as const
    throw new SpikedeskError('checkpoint.unreadable', { path, reason })
  }
  return bytesOfFile(file, stats.size, () => closeSync(file))
}
