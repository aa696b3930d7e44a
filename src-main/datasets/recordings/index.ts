import { aedat2 } from './aedat2.ts'
import { aedat3 } from './aedat3.ts'
import { aedat4 } from './aedat4.ts'
import { atisBin } from './atisBin.ts'
import { csvEvents } from './csvEvents.ts'
import { dat } from './dat.ts'
import { npyEvents, npzEvents } from './npyEvents.ts'
import type { RecordingFormat } from './recordingFormat.ts'

/** The table of recordings; the first whose ending and bytes fit reads the file. */
export const recordingFormats: readonly RecordingFormat[] = [
  atisBin,
  dat,
  aedat2,
  aedat3,
  aedat4,
  npyEvents,
  npzEvents,
  csvEvents,
]

/** The formats whose files are named so. */
export function formatsNamed(name: string): RecordingFormat[] {
  const plain = name.toLowerCase()
  return recordingFormats.filter(({ endings }) => endings.some((ending) => plain.endsWith(ending)))
}

/** The format of a file of this name that begins with `head`; undefined where none fits. */
export function recordingFormatOf(name: string, head: Uint8Array): RecordingFormat | undefined {
  return formatsNamed(name).find((format) => format.match(head))
}
