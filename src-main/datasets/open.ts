import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { OpenedDataset } from './format.ts'
import { formats } from './formats.ts'
import { holdsNoImages, locate } from './location.ts'
import { readHead } from './read.ts'
import { describeStranger } from './stranger.ts'

/**
 * Opens a folder or file with the first format that recognises it.
 * @throws SpikedeskError with one of the `dataset.` codes, naming the file
 */
export async function openDataset(path: string): Promise<OpenedDataset> {
  const location = await locate(path)
  for (const format of formats) {
    if (await format.match(location)) return format.open(location)
  }
  if (location.kind === 'folder') throw holdsNoImages(location)
  const head = await readHead(location.path)
  throw new SpikedeskError('dataset.notData', {
    path: location.path,
    found: describeStranger(head.bytes, head.gzip),
  })
}
