import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { describeStranger } from '../../datasets/stranger.ts'
import type { FileBytes } from '../../containers/fileBytes.ts'
import { FileProblem } from '../../containers/fileProblem.ts'
import { fileFormats } from './formats.ts'
import { openBytes } from './openBytes.ts'
import { requireWalkable, type OpenedFile } from './openedFile.ts'

/** Bytes that are looked at to say what an unknown file is. */
const headLength = 512

/** The tree of bytes that lie at `path`; see `openCheckpointFile`. */
export function openFileBytes(file: FileBytes, path: string): OpenedFile {
  const format = fileFormats.find(({ matches }) => matches(file))
  try {
    const read = format?.read(file)
    if (read) {
      requireWalkable(read.root)
      return { ...read, path, size: file.size, close: () => file.close() }
    }
  } catch (thrown) {
    if (!(thrown instanceof FileProblem)) throw thrown
    throw new SpikedeskError('file.damaged', { path, problem: thrown.phrase }, thrown)
  }
  const head = file.read(0, Math.min(file.size, headLength))
  throw new SpikedeskError('file.unknown', { path, found: describeStranger(head, false) })
}

/**
 * Opens a checkpoint of any format and lists what is in it; tensors are read when they are looked at. Nothing of
 * the file is ever executed. The caller closes it. Throws `checkpoint.notFound`, `checkpoint.unreadable`,
 * `file.unknown` or `file.damaged`.
 */
export function openCheckpointFile(path: string): OpenedFile {
  const file = openBytes(path)
  try {
    return openFileBytes(file, path)
  } catch (thrown) {
    file.close()
    throw thrown
  }
}
