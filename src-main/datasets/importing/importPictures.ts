import { join } from 'node:path'
import type { Split } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ImportSettings } from '../../../src-shared/importFields.ts'
import { shapeText } from '../../../src-shared/model/layerDefinition.ts'
import { GrowingFile } from '../packed/growingFile.ts'
import { checksumOfSeals, type Manifest } from '../packed/manifest.ts'
import { Findings } from './findings.ts'
import { ProgressMeter, type ImportWatch } from './progress.ts'
import { Refusals } from './refusals.ts'
import type { DecodedPicture, PictureSource, SourcePicture } from './source.ts'

/** Images are kept in memory while they are used. */
const totalLimit = 2 ** 31 - 2 ** 20

class PictureSplitWriter {
  readonly #split: Split
  readonly #folder: string
  readonly pixels: GrowingFile
  readonly labels: number[] = []

  constructor(folder: string, split: Split) {
    this.#split = split
    this.#folder = folder
    this.pixels = new GrowingFile(join(folder, `${split}.pixels`))
  }

  finish() {
    const labels = new GrowingFile(join(this.#folder, `${this.#split}.labels`))
    try {
      labels.append(Uint8Array.from(this.labels))
      return { [`${this.#split}.pixels`]: this.pixels.finish(), [`${this.#split}.labels`]: labels.finish() }
    } finally {
      labels.close()
    }
  }
}

/**
 * Decodes a set of pictures once and writes their pixels into `folder`, in the order of the source. All have the
 * size of the first.
 * @throws SpikedeskError `picture.` codes where problems are refused; `dataset.cancelled`, `dataset.nothingLeft`;
 * and what the system reports of writing
 */
export async function importPictures(
  source: PictureSource,
  path: string | null,
  folder: string,
  settings: ImportSettings,
  watch: ImportWatch,
): Promise<Omit<Manifest, 'version'>> {
  const place = path ?? source.name
  const meter = new ProgressMeter(place, { samples: source.count, bytes: source.bytes }, watch)
  const findings = new Findings()
  const refusals = new Refusals()
  const writers = {
    train: new PictureSplitWriter(folder, 'train'),
    test: new PictureSplitWriter(folder, 'test'),
  }
  let shape: DecodedPicture['shape'] | null = null
  const take = async (sample: SourcePicture): Promise<void> => {
    try {
      const picture = await sample.decode()
      shape ??= picture.shape
      if (shapeText(picture.shape) !== shapeText(shape)) {
        const data = { file: sample.place, found: shapeText(picture.shape), wanted: shapeText(shape) }
        throw new SpikedeskError('picture.size', data)
      }
      if (refusals.any) return
      const { pixels, labels } = writers[sample.split]
      pixels.append(picture.pixels)
      labels.push(sample.label)
    } catch (thrown) {
      if (!(thrown instanceof SpikedeskError)) throw thrown
      findings.note(thrown.code === 'picture.size' ? 'size' : 'unreadable', 'leftOut', sample.place)
      if (settings.problems === 'refuse') refusals.add(thrown)
    }
  }
  try {
    for await (const sample of source.samples()) {
      await take(sample)
      if (writers.train.pixels.length + writers.test.pixels.length > totalLimit)
        throw new SpikedeskError('picture.total', { path: place, limit: totalLimit })
      await meter.add(sample.bytes)
    }
    refusals.end(place, meter.samples, findings, watch)
    if (!shape) throw new SpikedeskError('dataset.nothingLeft', { path: place, count: meter.samples })
    const files = { ...writers.train.finish(), ...writers.test.finish() }
    meter.end()
    const { kind, name, format, origin, licence, known, classes } = source
    return {
      ...{ kind, name, format, path, origin, licence, known, classes, simulated: false },
      ...{
        shape,
        findings: findings.list(),
        settings: source.settings,
        checksum: checksumOfSeals(files),
        files,
      },
    }
  } finally {
    writers.train.pixels.close()
    writers.test.pixels.close()
  }
}
