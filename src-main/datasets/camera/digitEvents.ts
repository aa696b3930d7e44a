import { join } from 'node:path'
import { bundledTexts } from '../../../src-shared/bundledTexts.ts'
import { cameraSettings } from '../../../src-shared/cameraFields.ts'
import type { DatasetCard } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { importSettings } from '../../../src-shared/importFields.ts'
import { cardOf } from '../card.ts'
import type { ImageDataset } from '../dataset.ts'
import type { OpenedDataset } from '../format.ts'
import { importInto } from '../importing/importInto.ts'
import type { ImportWatch } from '../importing/progress.ts'
import { readManifest } from '../packed/manifest.ts'
import { openPacked } from '../packed/openPacked.ts'
import { cameraSource } from './cameraSource.ts'

/** Id of the bundled digits as events. They are made in a workspace when they are first used. */
export const digitEventsId = 'digit-events'

const named = { id: digitEventsId, ...bundledTexts[digitEventsId], path: null }

/** Whether the digits lie there as this program makes them. */
function isCurrent(folder: string, settings: Readonly<Record<string, unknown>>): boolean {
  try {
    const found = readManifest(folder).settings
    return Object.entries(settings).every(([key, value]) => found[key] === value)
  } catch (thrown) {
    if (thrown instanceof SpikedeskError) return false
    throw thrown
  }
}

/**
 * Opens the digits as events in `parent`, the folder of imports of a workspace, and makes them where they are not
 * there or not as this program makes them.
 */
export async function openDigitEvents(
  parent: string,
  digits: ImageDataset,
  watch: ImportWatch,
): Promise<OpenedDataset> {
  const source = cameraSource(digits, cameraSettings())
  const folder = join(parent, digitEventsId)
  if (!isCurrent(folder, source.settings))
    await importInto(parent, digitEventsId, source, null, importSettings({ problems: 'leaveOut' }), watch)
  const opened = openPacked(folder, digitEventsId)
  return { ...opened, dataset: { ...opened.dataset, ...named } }
}

/** Their card before they are made: everything but the events. */
export function digitEventsCard(digits: ImageDataset): DatasetCard {
  const { format, licence, sensor, settings } = cameraSource(digits, cameraSettings())
  const [width, height] = sensor ?? [0, 0]
  return {
    ...cardOf(digits),
    ...named,
    ...{ kind: 'events', format, licence, shape: [2, height, width], settings },
    ...{ checksum: '', known: null, bytesOnDisk: 0, bundled: true, events: null, valueRange: null },
  }
}
