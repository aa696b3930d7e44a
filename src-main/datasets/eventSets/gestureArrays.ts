import type { Split } from '../../../src-shared/contract.ts'
import { looksLikeNpy, readNpy } from '../arrays/npy.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ImportedFormat } from '../format.ts'
import type { SourceRecording } from '../importing/source.ts'
import type { DataLocation } from '../location.ts'
import { recordingOf } from '../recordings/eventColumns.ts'
import { arrayColumns } from '../recordings/npyEvents.ts'
import type { DecodedRecording } from '../recordings/recordingFormat.ts'
import { openTrees, type Trees } from '../trees/openTrees.ts'
import type { TreeFile } from '../trees/tree.ts'
import { gestureFacts } from './dvsGesture.ts'

/**
 * DVS128 Gesture as tonic offers it: `ibmGestureTrain/user01_led/0.npy`, a file a gesture whose name is its class,
 * with rows of x, y, polarity and time in ms.
 */
const arrayName = /(^|\/)ibmGesture(Train|Test)\/(?:.*\/)?user\d\d_\w+\/(\d+)\.npy$/
const classes = gestureFacts.classes.length

interface GestureArray {
  file: TreeFile
  split: Split
  label: number
}

function arraysOf(files: readonly TreeFile[]): GestureArray[] {
  return files.flatMap((file) => {
    const [, , part, label] = arrayName.exec(file.name) ?? []
    if (part === undefined || Number(label) >= classes) return []
    return [{ file, split: part === 'Train' ? 'train' : 'test', label: Number(label) }]
  })
}

function mayHold({ kind, path, files, folders }: DataLocation): boolean {
  const named = /^ibmGesture(Train|Test)/
  if (kind === 'file') return /ibmGesture(Train|Test).*\.(zip|tar\.gz|tgz)$/.test(path)
  return [...files, ...folders].some((name) => named.test(name))
}

export const gestureArrays: ImportedFormat = {
  id: 'dvs-gesture-arrays',
  label: 'DVS128 Gesture (arrays of tonic)',
  async match(location) {
    if (!mayHold(location)) return false
    const trees = await openTrees(location)
    try {
      return arraysOf(trees.files).length > 0
    } finally {
      await trees.close()
    }
  },
  async survey(location, settings) {
    const trees = await openTrees(location)
    const arrays = arraysOf(trees.files)
    return {
      kind: 'events',
      ...{ id: gestureFacts.id, name: gestureFacts.name, licence: gestureFacts.licence },
      origin: `by its layout ${gestureFacts.origin}, as arrays of tonic`,
      format: gestureArrays.label,
      known: null,
      classes: [...gestureFacts.classes],
      sensor: gestureFacts.sensor,
      polarities: 2,
      simulated: false,
      settings: { ...settings },
      bytes: arrays.reduce((sum, { file }) => sum + file.size, 0),
      count: arrays.length,
      samples: () => readSamples(trees, arrays),
      close: () => trees.close(),
    }
  },
}

async function* readSamples(trees: Trees, arrays: readonly GestureArray[]): AsyncGenerator<SourceRecording> {
  const byFile = new Map(arrays.map((entry) => [entry.file, entry]))
  for await (const content of trees.read([...byFile.keys()])) {
    const { file } = content
    const entry = byFile.get(file)
    if (!entry) continue
    yield {
      ...{ split: entry.split, label: entry.label, bytes: file.size, place: file.place, name: file.name },
      decode: () => {
        if ('error' in content) throw content.error
        return decodeArray(content.bytes, file.place)
      },
    }
  }
}

function decodeArray(bytes: Uint8Array, place: string): DecodedRecording {
  if (bytes.length === 0 || !looksLikeNpy(bytes))
    throw new SpikedeskError('array.damaged', { file: place, detail: { phrase: 'detail.header' } })
  const { t, x, y, p } = arrayColumns(readNpy(bytes, place), place, 'xypt')
  const micro = Float64Array.from(t, (time) => Math.round(time * 1000))
  return { events: recordingOf({ t: micro, x, y, p }, place), sensor: null, dropped: 0 }
}
