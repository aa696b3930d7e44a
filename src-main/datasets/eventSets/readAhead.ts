import { availableParallelism } from 'node:os'
import type { ImportSettings } from '../../../src-shared/importFields.ts'
import { nativeEvents } from '../../native/events.ts'
import type { EventRecording } from '../dataset.ts'
import { EventRoom, partOf } from '../packed/eventRoom.ts'
import { atisBin, eventLength, takesMarkers } from '../recordings/atisBin.ts'
import { formatsNamed } from '../recordings/index.ts'
import type { TreeFile } from '../trees/tree.ts'

/** Files, and events of them, that are read at once: some MiB, done before anyone waits for a turn. */
const filesAtOnce = 64
const eventsAtOnce = 1 << 20

/**
 * A file of 5-byte events that was read and decoded; null where that has to be done, and told, one by one. The events
 * are to be taken before the next file is asked for.
 */
export type AheadRecording = [file: TreeFile, events: EventRecording | null]

function fits({ name, size }: TreeFile): boolean {
  const [format, ...others] = formatsNamed(name)
  return format === atisBin && others.length === 0 && size > 0 && size % eventLength === 0
}

/** Cuts files into groups that are read together. */
function* groups(files: readonly TreeFile[]): Generator<TreeFile[]> {
  let group: TreeFile[] = []
  let events = 0
  for (const file of files) {
    const more = file.size / eventLength
    if (group.length > 0 && (group.length === filesAtOnce || events + more > eventsAtOnce)) {
      yield group
      group = []
      events = 0
    }
    group.push(file)
    events += more
  }
  if (group.length > 0) yield group
}

/** Reads files of 5-byte events of a folder, many at once on threads, in their order; null without the addon. */
export function readAhead(
  files: readonly TreeFile[],
  settings: ImportSettings,
  threads = Math.min(8, availableParallelism()),
): Generator<AheadRecording> | null {
  const native = nativeEvents()
  if (!native || !files.every((file) => formatsNamed(file.name).includes(atisBin))) return null
  const room = new EventRoom()
  return (function* () {
    for (const group of groups(files)) {
      const readable = group.filter((file) => fits(file) && file.size / eventLength <= eventsAtOnce)
      const events = Uint32Array.from(readable, ({ size }) => size / eventLength)
      const columns = room.take(events.reduce((sum, count) => sum + count, 0))
      const { t, x, y, p } = columns
      const kept = new Int32Array(readable.length)
      const paths = readable.map(({ place }) => place)
      native.readAtisFiles(paths, events, takesMarkers(settings), threads, t, x, y, p, kept)
      let [at, begin] = [0, 0]
      for (const file of group) {
        if (file !== readable[at]) {
          yield [file, null]
          continue
        }
        yield [file, kept[at] < 0 ? null : partOf(columns, begin, begin + kept[at])]
        begin += events[at++]
      }
    }
  })()
}
