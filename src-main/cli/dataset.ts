import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DatasetLibrary } from '../datasets/library.ts'

/**
 * The id of a dataset given by id or path; a path is added to the library first. Throws `dataset.unknown` or
 * what is wrong with the files.
 */
export async function datasetId(library: DatasetLibrary, word: string): Promise<string> {
  const cards = await library.cards()
  if (cards.some(({ id }) => id === word)) return word
  const card = existsSync(word) ? await library.add(resolve(word)) : await library.card(word)
  return card.id
}
