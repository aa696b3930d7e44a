import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { requireClasses } from '../eventSets/classChecks.ts'
import { placeFiles, settleSplits, sortClasses, type SplitFile } from '../eventSets/layout.ts'
import type { ImportedFormat } from '../format.ts'
import type { DecodedPicture, PictureSource, SourcePicture } from '../importing/source.ts'
import { holdsNoImages } from '../location.ts'
import { placeName, slug } from '../naming.ts'
import { holdsFiles } from '../trees/holdsFiles.ts'
import { openTrees, type Trees } from '../trees/openTrees.ts'
import { decodeJpeg, looksLikeJpeg } from './jpeg.ts'
import { decodePng, looksLikePng } from './png.ts'

/** Pictures in folders named by their class, with folders of splits above them or without. */
const isPicture = (name: string): boolean => /\.(png|jpe?g)$/i.test(name)

export const pictureFolders: ImportedFormat = {
  id: 'picture-folders',
  label: 'pictures in folders by class (PNG, JPEG)',
  match: (location) => holdsFiles(location, isPicture),
  async survey(location, settings): Promise<PictureSource> {
    const trees = await openTrees(location)
    try {
      const placed = placeFiles(trees.files.filter(({ name }) => isPicture(name)))
      if (placed.length === 0) throw holdsNoImages(location)
      const classes = sortClasses(placed.map(({ className }) => className))
      const files = settleSplits(placed, classes, settings.testShare)
      requireClasses(location.path, files, classes, placeName(location.path), settings)
      const name = placeName(location.path) || 'dataset'
      return {
        kind: 'images',
        ...{ id: slug(name), name, classes, format: pictureFolders.label },
        ...{ origin: 'a folder of this machine', licence: 'unknown', known: null },
        settings: { problems: settings.problems, testShare: settings.testShare },
        bytes: files.reduce((sum, { file }) => sum + file.size, 0),
        count: files.length,
        samples: () => readSamples(trees, files),
        close: () => trees.close(),
      }
    } catch (thrown) {
      await trees.close()
      throw thrown
    }
  },
}

/** By the name of the file first, so that the classes mix. */
function sortKey({ file: { name } }: SplitFile): string {
  return `${name.slice(name.lastIndexOf('/') + 1)} ${name}`
}

async function* readSamples(trees: Trees, files: readonly SplitFile[]): AsyncGenerator<SourcePicture> {
  const keyed = files.map((entry) => ({ ...entry, key: sortKey(entry) }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const placed = new Map(keyed.map((entry) => [entry.file, entry]))
  for await (const content of trees.read(keyed.map(({ file }) => file))) {
    const entry = placed.get(content.file)
    if (!entry) continue
    const { place, size } = content.file
    yield {
      ...{ split: entry.split, label: entry.label, name: entry.key, place, bytes: size },
      decode: () => {
        if ('error' in content) throw content.error
        return decodePicture(content.bytes, place)
      },
    }
  }
}

/** Decodes a PNG or JPEG file, told from its bytes. Throws `picture.unreadable`, `picture.tooLarge`. */
export async function decodePicture(bytes: Uint8Array, file: string): Promise<DecodedPicture> {
  if (looksLikePng(bytes)) return decodePng(bytes, file)
  if (looksLikeJpeg(bytes)) return decodeJpeg(bytes, file)
  throw new SpikedeskError('picture.unreadable', { file, detail: { phrase: 'detail.neither' } })
}
