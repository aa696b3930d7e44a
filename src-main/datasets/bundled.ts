import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundledTexts } from '../../src-shared/bundledTexts.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { OpenedDataset } from './format.ts'
import { openDataset } from './open.ts'

/** Id of the digits that come with the program, see `resources/samples/makeDigits.mjs`. */
export const bundledId = 'digits'

const place = join('resources', 'samples', 'digits')

/** The folder of the samples: beside the sources as well as beside a built or packed program. */
function samplesFolder(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, place))) {
    const above = dirname(folder)
    if (above === folder) throw new SpikedeskError('dataset.bundledMissing', { path: place })
    folder = above
  }
  return join(folder, place)
}

/** Opens the bundled digits: 8,000 for training and 2,000 to test, with the same reader as any other set. */
export async function openBundled(): Promise<OpenedDataset> {
  const opened = await openDataset(samplesFolder())
  return {
    ...opened,
    dataset: {
      ...opened.dataset,
      id: bundledId,
      ...bundledTexts[bundledId],
      path: null,
      licence: 'MIT (package), CC BY-SA 3.0 (MNIST)',
    },
  }
}
