import type { Split } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ImportSettings } from '../../../src-shared/importFields.ts'
import type { ImportedFormat } from '../format.ts'
import type { EventSource, SourceRecording } from '../importing/source.ts'
import type { DataLocation } from '../location.ts'
import { readAedat3, type Aedat3Events } from '../recordings/aedat3.ts'
import { startTimes } from '../recordings/eventColumns.ts'
import type { DecodedRecording } from '../recordings/recordingFormat.ts'
import { openTrees, type Trees } from '../trees/openTrees.ts'
import type { TreeFile } from '../trees/tree.ts'
import { parseTrialLabels, type Trial } from './gestureLabels.ts'

/**
 * DVS128 Gesture as published (Amir and others 2017): an AEDAT 3.1 file for each user and light, a table with class,
 * start and end of its gestures beside it, and lists of the files for training and testing. For the arrays that
 * tonic offers of it see `gestureArrays.ts`.
 */
export const gestureFacts = {
  id: 'dvs128-gesture',
  name: 'DVS128 Gesture',
  origin: 'DVS128 Gesture (Amir and others 2017), IBM',
  licence: 'CC BY 4.0',
  classes: [
    'hand clapping',
    'right hand wave',
    'left hand wave',
    'right arm clockwise',
    'right arm counter clockwise',
    'left arm clockwise',
    'left arm counter clockwise',
    'arm roll',
    'air drums',
    'air guitar',
    'other gestures',
  ],
  sensor: [128, 128] as [number, number],
}

const recordingName = /(^|\/)(user(\d\d)_\w+)\.aedat$/i
/** Users 24 to 29 are the test split, where the lists are not there. */
const firstTestUser = 24

interface GestureFile {
  file: TreeFile
  labels: TreeFile
  split: Split
}

function baseName({ name }: TreeFile): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

function gestureFiles(
  path: string,
  files: readonly TreeFile[],
  lists: ReadonlyMap<string, Split>,
): GestureFile[] {
  return files.flatMap((file) => {
    const [, , stem, user] = recordingName.exec(file.name) ?? []
    if (stem === undefined) return []
    const wanted = `${file.name.slice(0, -'.aedat'.length)}_labels.csv`
    const labels = files.find(({ name }) => name === wanted)
    const split = lists.get(baseName(file)) ?? (Number(user) >= firstTestUser ? 'test' : 'train')
    // A recording that is on no list while there are lists is left out, as its publishers did.
    if (lists.size > 0 && !lists.has(baseName(file))) return []
    if (!labels) {
      throw new SpikedeskError('dataset.missingFile', { path, wanted, name: gestureFacts.name })
    }
    return [{ file, labels, split }]
  })
}

async function readText(trees: Trees, files: readonly TreeFile[]): Promise<Map<TreeFile, string>> {
  const texts = new Map<TreeFile, string>()
  for await (const content of trees.read(files)) {
    if ('error' in content) throw content.error
    texts.set(content.file, new TextDecoder().decode(content.bytes))
  }
  return texts
}

async function trialLists(trees: Trees): Promise<Map<string, Split>> {
  const lists = trees.files.filter(({ name }) => /(^|\/)trials_to_(train|test)\.txt$/.test(name))
  const found = new Map<string, Split>()
  for (const [{ name }, text] of await readText(trees, lists)) {
    for (const line of text.split(/\s+/).filter(Boolean))
      found.set(line, name.endsWith('test.txt') ? 'test' : 'train')
  }
  return found
}

async function survey(location: DataLocation, settings: ImportSettings): Promise<EventSource> {
  const trees = await openTrees(location)
  try {
    const files = gestureFiles(location.path, trees.files, await trialLists(trees))
    const texts = await readText(
      trees,
      files.map(({ labels }) => labels),
    )
    const trials = new Map(
      files.map(({ file, labels }) => [file, parseTrialLabels(texts.get(labels) ?? '', labels.place)]),
    )
    return {
      kind: 'events',
      ...{ id: gestureFacts.id, name: gestureFacts.name, licence: gestureFacts.licence },
      origin: `by its layout ${gestureFacts.origin}`,
      format: dvsGesture.label,
      known: null,
      classes: [...gestureFacts.classes],
      sensor: gestureFacts.sensor,
      polarities: 2,
      simulated: false,
      settings: { ...settings },
      bytes: files.reduce((sum, { file }) => sum + file.size, 0),
      count: [...trials.values()].reduce((sum, list) => sum + list.length, 0),
      samples: () => readSamples(trees, files, trials),
      close: () => trees.close(),
    }
  } catch (thrown) {
    await trees.close()
    throw thrown
  }
}

export const dvsGesture: ImportedFormat = {
  id: 'dvs-gesture',
  label: 'DVS128 Gesture (AEDAT 3.1 with tables)',
  async match(location) {
    const inFolder = location.files.some((name) => recordingName.test(name))
    if (location.kind === 'folder' && !inFolder && location.folders.length !== 1) return false
    if (location.kind === 'file' && !/gesture.*\.(zip|tar\.gz|tgz)$/i.test(location.path)) return false
    const trees = await openTrees(location)
    try {
      return trees.files.some(({ name }) => recordingName.test(name))
    } finally {
      await trees.close()
    }
  },
  survey,
}

async function* readSamples(
  trees: Trees,
  files: readonly GestureFile[],
  trials: ReadonlyMap<TreeFile, Trial[]>,
): AsyncGenerator<SourceRecording> {
  const splits = new Map(files.map(({ file, split }) => [file, split]))
  for await (const content of trees.read([...splits.keys()])) {
    const { file } = content
    const list = trials.get(file) ?? []
    let decoded: Aedat3Events | null = null
    const recording = (): Aedat3Events => {
      if ('error' in content) throw content.error
      return (decoded ??= readAedat3(content.bytes, file.place))
    }
    for (const [i, trial] of list.entries()) {
      yield {
        split: splits.get(file) ?? 'train',
        label: trial.label,
        name: `${baseName(file)} ${String(i).padStart(4, '0')}`,
        place: `${file.place}, gesture ${i + 1}`,
        bytes: file.size / list.length,
        decode: () => cutTrial(recording(), trial, file.place),
      }
    }
  }
}

/** The events with start <= t < end, with the times from the start of the gesture. */
function cutTrial({ times, x, y, p }: Aedat3Events, { start, end }: Trial, place: string): DecodedRecording {
  const kept: number[] = []
  for (let i = 0; i < times.length; i++) if (times[i] >= start && times[i] < end) kept.push(i)
  return {
    events: {
      t: startTimes(
        Float64Array.from(kept, (i) => times[i] - start),
        place,
      ),
      x: Uint16Array.from(kept, (i) => x[i]),
      y: Uint16Array.from(kept, (i) => y[i]),
      p: Uint8Array.from(kept, (i) => p[i]),
    },
    sensor: null,
    dropped: 0,
  }
}
