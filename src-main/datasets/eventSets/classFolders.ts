import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ImportSettings } from '../../../src-shared/importFields.ts'
import type { ImportedFormat } from '../format.ts'
import type { EventSource, SourceRecording } from '../importing/source.ts'
import { holdsNoImages, type DataLocation } from '../location.ts'
import { placeName, slug } from '../naming.ts'
import { eventLength, settled } from '../recordings/atisBin.ts'
import { formatsNamed, recordingFormatOf } from '../recordings/index.ts'
import { holdsFiles } from '../trees/holdsFiles.ts'
import { openTrees, type Trees } from '../trees/openTrees.ts'
import type { TreeContent, TreeFile } from '../trees/tree.ts'
import { isPublication } from './archiveChecks.ts'
import { requireClasses } from './classChecks.ts'
import { familyOfLayout, type EventFamily } from './families.ts'
import { placeFiles, settleSplits, sortClasses, type PlacedFile, type SplitFile } from './layout.ts'
import { readAhead } from './readAhead.ts'
import { toOrigin } from './toOrigin.ts'

/** Recordings in folders named by their class, and those in folders or archives named by their split. */
export const classFolders: ImportedFormat = {
  id: 'class-folders',
  label: 'event recordings in folders by class',
  match: (location) => holdsFiles(location, (name) => formatsNamed(name).length > 0),
  async survey(location, settings) {
    const trees = await openTrees(location)
    try {
      return await surveyTrees(location, trees, settings)
    } catch (thrown) {
      await trees.close()
      throw thrown
    }
  },
}

function placedRecordings(trees: Trees): PlacedFile[] {
  return placeFiles(trees.files.filter(({ name }) => formatsNamed(name).length > 0))
}

/** What the recordings are by their ending, which several formats may share. */
function formatLabel(name: string): string {
  return formatsNamed(name)
    .map(({ label }) => label)
    .join(' / ')
}

function endingOf({ name }: TreeFile): string {
  return /\.\w+$/.exec(name.toLowerCase())?.[0] ?? ''
}

async function surveyTrees(
  location: DataLocation,
  trees: Trees,
  settings: ImportSettings,
): Promise<EventSource> {
  const placed = placedRecordings(trees)
  if (placed.length === 0) throw holdsNoImages(location)
  const classes = sortClasses(placed.map(({ className }) => className))
  const ownSplits = placed.some(({ split }) => split !== null)
  const family = familyOfLayout(endingOf(placed[0].file), classes, ownSplits)
  const allClasses = family?.classes ?? classes
  const files = settleSplits(placed, allClasses, settings.testShare)
  requireClasses(location.path, files, allClasses, family?.name ?? placeName(location.path), settings)
  const published = family !== undefined && (await isPublication(trees.archives, family))
  return {
    kind: 'events',
    ...naming(location, family, published),
    format: formatLabel(placed[0].file.name),
    licence: family?.licence ?? 'unknown',
    known: published && family ? family.name : null,
    classes: [...allClasses],
    sensor: family ? [...family.sensor] : null,
    polarities: family?.polarities ?? 2,
    simulated: false,
    settings: { ...settings },
    bytes: files.reduce((sum, { file }) => sum + file.size, 0),
    count: files.length,
    samples: () => familySamples(family, readSamples(trees, files, settings)),
    close: () => trees.close(),
  }
}

/** Only a checksum gives it a publication's name; a layout that fits is said to. */
function naming({ path }: DataLocation, family: EventFamily | undefined, published: boolean) {
  if (published && family) return { id: family.id, name: family.name, origin: family.origin }
  const name = placeName(path) || 'dataset'
  const origin = family
    ? `by its layout ${family.origin}; its checksums are not those of the publication`
    : 'a folder of this machine'
  return { id: slug(name), name, origin }
}

async function* familySamples(
  family: EventFamily | undefined,
  samples: AsyncIterable<SourceRecording>,
): AsyncGenerator<SourceRecording> {
  for await (const sample of samples) yield family?.toOrigin ? toOrigin(sample) : sample
}

async function* readSamples(
  trees: Trees,
  files: readonly SplitFile[],
  settings: ImportSettings,
): AsyncGenerator<SourceRecording> {
  const placed = new Map(files.map((entry) => [entry.file, entry]))
  const wanted = files.map(({ file }) => file)
  const ahead = trees.archives.length === 0 ? readAhead(wanted, settings) : null
  for (const [file, events] of ahead ?? []) {
    const entry = placed.get(file)
    if (!entry) continue
    if (events)
      yield { ...factsOf(entry), decode: (chosen) => settled(events, file.size / eventLength, chosen) }
    else for await (const content of trees.read([file])) yield sampleOf(entry, content)
  }
  if (ahead) return
  for await (const content of trees.read(wanted)) {
    const entry = placed.get(content.file)
    if (entry) yield sampleOf(entry, content)
  }
}

function factsOf({ split, label, file }: SplitFile): Omit<SourceRecording, 'decode'> {
  return {
    split,
    label,
    // By the name of the file first, so that the classes mix; the numbers of N-MNIST are those of MNIST.
    name: `${file.name.slice(file.name.lastIndexOf('/') + 1)} ${file.name}`,
    place: file.place,
    bytes: file.size,
  }
}

function sampleOf(entry: SplitFile, content: TreeContent): SourceRecording {
  const { file } = entry
  return {
    ...factsOf(entry),
    decode(settings) {
      if ('error' in content) throw content.error
      const { bytes } = content
      const format = recordingFormatOf(file.name, bytes.subarray(0, 4096))
      if (bytes.length === 0) throw new SpikedeskError('recording.empty', { file: file.place })
      if (!format) {
        const wanted = formatLabel(file.name)
        throw new SpikedeskError('recording.foreign', { file: file.place, wanted })
      }
      return format.decode(bytes, file.place, settings)
    },
  }
}
