import { classFolders } from './eventSets/classFolders.ts'
import type { DatasetFormat } from './format.ts'
import { idxFormat } from './idxFormat.ts'

/** The table of formats; the first that matches opens. */
export const formats: readonly DatasetFormat[] = [idxFormat, classFolders]
