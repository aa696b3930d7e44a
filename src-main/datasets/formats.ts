import { classFolders } from './eventSets/classFolders.ts'
import { dvsGesture } from './eventSets/dvsGesture.ts'
import { gestureArrays } from './eventSets/gestureArrays.ts'
import { spokenDigits } from './eventSets/spokenDigits.ts'
import type { DatasetFormat } from './format.ts'
import { idxFormat } from './idxFormat.ts'
import { cifar10 } from './pictures/cifar10.ts'
import { numpyImages } from './pictures/numpyImages.ts'
import { pictureFolders } from './pictures/pictureFolders.ts'

/** The table of formats; the first that matches opens. */
export const formats: readonly DatasetFormat[] = [
  idxFormat,
  cifar10,
  numpyImages,
  spokenDigits,
  dvsGesture,
  gestureArrays,
  classFolders,
  pictureFolders,
]
