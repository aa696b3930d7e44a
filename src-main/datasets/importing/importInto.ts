import type { ImportSettings } from '../../../src-shared/importFields.ts'
import { importEvents } from './importEvents.ts'
import { makePacked } from './importFolder.ts'
import { importPictures } from './importPictures.ts'
import type { ImportWatch } from './progress.ts'
import type { ImportSource } from './source.ts'

export { importsFolder } from './importFolder.ts'

/**
 * Imports a set into the folder `id` of `parent`, all or nothing.
 * @param path where the set lies; null where it is made
 * @throws SpikedeskError what importing recordings or pictures throws, `dataset.importUnwritable`
 */
export async function importInto(
  parent: string,
  id: string,
  source: ImportSource,
  path: string | null,
  settings: ImportSettings,
  watch: ImportWatch,
): Promise<void> {
  await makePacked(parent, id, (folder) => {
    return source.kind === 'events'
      ? importEvents(source, path, folder, settings, watch)
      : importPictures(source, path, folder, settings, watch)
  })
}
