import { hash } from 'node:crypto'
import type { Split } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ImportSettings } from '../../../src-shared/importFields.ts'
import type { EventRecording } from '../dataset.ts'
import { EventSplitWriter } from '../packed/eventSplitWriter.ts'
import { checksumOfSeals, type Manifest } from '../packed/manifest.ts'
import { Findings } from './findings.ts'
import { ProgressMeter, type ImportWatch } from './progress.ts'
import { Refusals } from './refusals.ts'
import type { EventSource, SourceRecording } from './source.ts'
import { takeRecording } from './takeRecording.ts'

/** The largest x and y met, and the size of the sensor that follows. */
class SensorExtent {
  #width = 0
  #height = 0

  add({ x, y }: EventRecording, sensor: readonly [number, number] | null): void {
    if (sensor) {
      this.#width = Math.max(this.#width, sensor[0])
      this.#height = Math.max(this.#height, sensor[1])
      return
    }
    for (let i = 0; i < x.length; i++) {
      if (x[i] >= this.#width) this.#width = x[i] + 1
      if (y[i] >= this.#height) this.#height = y[i] + 1
    }
  }

  get size(): [number, number] {
    return [this.#width, this.#height]
  }
}

/** Tells recordings that came before, in whichever split, by their packed bytes. */
class Seen {
  readonly #sums = new Set<string>()

  before(bytes: Uint8Array): boolean {
    const sum = hash('sha256', bytes, 'base64')
    const known = this.#sums.has(sum)
    this.#sums.add(sum)
    return known
  }
}

function sensorOf({ sensor }: EventSource, { width, height }: ImportSettings): [number, number] | null {
  return width > 0 && height > 0 ? [width, height] : sensor
}

/**
 * Reads a set of recordings once, checks every one, and writes the packed files into `folder`. Memory is bounded
 * by the largest recording and 17 bytes and a name for each.
 * @param path where the set lies; null where it is made
 * @throws SpikedeskError what is wrong with the recordings, where problems are refused; `dataset.cancelled`,
 * `dataset.nothingLeft`; and what the system reports of writing
 */
export async function importEvents(
  source: EventSource,
  path: string | null,
  folder: string,
  settings: ImportSettings,
  watch: ImportWatch,
): Promise<Omit<Manifest, 'version'>> {
  const place = path ?? source.name
  const meter = new ProgressMeter(place, { samples: source.count, bytes: source.bytes }, watch)
  const findings = new Findings()
  const refusals = new Refusals()
  const seen = new Seen()
  const extent = new SensorExtent()
  const sensor = sensorOf(source, settings)
  const writers: Record<Split, EventSplitWriter> = {
    train: new EventSplitWriter(folder, 'train'),
    test: new EventSplitWriter(folder, 'test'),
  }
  let taken = 0
  const take = (sample: SourceRecording): void => {
    try {
      const recording = takeRecording(sample, settings, sensor, findings)
      // After a refusal the rest is only looked at, to name everything at once.
      if (!recording || refusals.any) return
      extent.add(recording.events, recording.sensor)
      const writer = writers[sample.split]
      writer.add(sample.name, sample.label, recording.events)
      if (seen.before(writer.lastBytes)) findings.note('duplicated', 'kept', sample.place)
      taken++
    } catch (thrown) {
      refusals.add(thrown)
    }
  }
  try {
    for await (const sample of source.samples()) {
      take(sample)
      await meter.add(sample.bytes)
    }
    refusals.end(place, meter.samples, findings, watch)
    if (taken === 0) throw new SpikedeskError('dataset.nothingLeft', { path: place, count: meter.samples })
    const files = { ...writers.train.finish(), ...writers.test.finish() }
    meter.end()
    const [width, height] = sensor ?? extent.size
    const { kind, name, format, origin, licence, known, classes, simulated, polarities } = source
    return {
      ...{ kind, name, format, path, origin, licence, known, classes, simulated },
      shape: [polarities, height, width],
      findings: findings.list(),
      settings: source.settings,
      checksum: checksumOfSeals(files),
      files,
    }
  } finally {
    writers.train.close()
    writers.test.close()
  }
}
