import { atisBin } from './atisBin.ts'
import type { RecordingFormat } from './recordingFormat.ts'

/** The table of recordings; the first whose ending and bytes fit reads the file. */
export const recordingFormats: readonly RecordingFormat[] = [atisBin]

/** The format of a file of this name that begins with `head`; undefined where none fits. */
export function recordingFormatOf(name: string, head: Uint8Array): RecordingFormat | undefined {
  const plain = name.toLowerCase()
  return recordingFormats.find(
    (format) => format.endings.some((ending) => plain.endsWith(ending)) && format.match(head),
  )
}

/** Whether a file of this name may be a recording. */
export function namesRecording(name: string): boolean {
  const plain = name.toLowerCase()
  return recordingFormats.some(({ endings }) => endings.some((ending) => plain.endsWith(ending)))
}
