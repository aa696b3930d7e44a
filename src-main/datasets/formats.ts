import { classFolders } from './eventSets/classFolders.ts'
import { dvsGesture } from './eventSets/dvsGesture.ts'
import { gestureArrays } from './eventSets/gestureArrays.ts'
import { spokenDigits } from './eventSets/spokenDigits.ts'
import type { DatasetFormat } from './format.ts'
import { idxFormat } from './idxFormat.ts'

/** The table of formats; the first that matches opens. */
export const formats: readonly DatasetFormat[] = [
  idxFormat,
  spokenDigits,
  dvsGesture,
  gestureArrays,
  classFolders,
]
