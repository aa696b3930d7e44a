import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { reasonOf, writingReasonOf } from '../../src-shared/errors/reason.ts'
import { importFacts } from './packed/manifest.ts'

/** Version of `datasets.json`. */
const registryVersion = 2

const counts = z.array(z.int().min(0)).max(256)
const cardSchema = z.strictObject({
  kind: z.enum(['images', 'events']),
  name: z.string(),
  format: z.string(),
  origin: z.string(),
  licence: z.string(),
  shape: z.array(z.int().min(1)),
  classes: z.array(z.string()).max(256),
  trainCount: z.int().min(0),
  testCount: z.int().min(0),
  trainPerClass: counts,
  testPerClass: counts,
  checksum: z.string(),
  known: z.string().nullable(),
  bytesOnDisk: z.number().min(0),
  events: z
    .strictObject({
      sensor: z.tuple([z.int(), z.int(), z.int()]),
      trainEvents: z.number(),
      testEvents: z.number(),
      meanPerClass: z.array(z.number()).max(256),
      duration: z.strictObject({ shortest: z.number(), mean: z.number(), longest: z.number() }),
      simulated: z.boolean(),
    })
    .nullable(),
  valueRange: z.tuple([z.number(), z.number()]).nullable(),
  ...importFacts,
})
const entrySchema = z.strictObject({
  id: z.string().min(1).max(200),
  /** Where it lies; null where it was made from another dataset. */
  path: z.string().min(1).max(4096).nullable(),
  /** Folder below `datasets/` into which it was imported; null where its own files are read. */
  packed: z
    .string()
    .regex(/^[\w-]+$/)
    .nullable(),
  /** The card as it was when the files had these stamps. */
  card: cardSchema,
  files: z.array(z.strictObject({ path: z.string(), size: z.number(), modified: z.number() })),
})
const documentSchema = z.strictObject({ version: z.literal(registryVersion), datasets: z.array(entrySchema) })

/** Version 1 knew images only, and nothing was imported. */
function upgradeFirst(value: unknown): unknown {
  const document = value as { datasets?: unknown }
  if (!Array.isArray(document.datasets)) return { ...document, version: 2 }
  const datasets = document.datasets.map((entry: { card?: object }) => ({
    ...entry,
    packed: null,
    card: { kind: 'images', events: null, valueRange: null, findings: [], settings: {}, ...entry?.card },
  }))
  return { version: 2, datasets }
}

export type RegistryEntry = z.infer<typeof entrySchema>

/** The list of added datasets, `datasets.json` in a workspace: where each lies and what its card said. */
export class DatasetRegistry {
  readonly #file: string
  readonly #folder: string
  #last: Promise<unknown> = Promise.resolve()

  constructor(folder: string) {
    this.#folder = folder
    this.#file = join(folder, 'datasets.json')
  }

  /** Entries in the order in which they were added. Throws `registry.damaged`, `registry.version`. */
  async entries(): Promise<RegistryEntry[]> {
    let text: string
    try {
      text = await readFile(this.#file, 'utf8')
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return []
      throw new SpikedeskError('registry.damaged', { file: this.#file, detail: reasonOf(thrown) }, thrown)
    }
    return this.#parse(text)
  }

  /**
   * Changes the list; changes wait for each other. Nothing is written where `change` gives back the same array.
   * @throws SpikedeskError `registry.unwritable` and those of {@link entries}
   */
  update(change: (entries: RegistryEntry[]) => RegistryEntry[]): Promise<void> {
    const done = this.#last.then(async () => {
      const before = await this.entries()
      const after = change(before)
      if (after !== before) await this.#write(after)
    })
    this.#last = done.catch(() => undefined)
    return done
  }

  #parse(text: string): RegistryEntry[] {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (thrown) {
      throw new SpikedeskError(
        'registry.damaged',
        { file: this.#file, detail: { phrase: 'reason.notJson' } },
        thrown,
      )
    }
    const version = z.looseObject({ version: z.int().min(1) }).safeParse(value)
    if (version.success && version.data.version > registryVersion) {
      const data = { file: this.#file, found: version.data.version, known: registryVersion }
      throw new SpikedeskError('registry.version', data)
    }
    const parsed = documentSchema.safeParse(version.data?.version === 1 ? upgradeFirst(value) : value)
    if (parsed.success) return parsed.data.datasets
    const [issue] = parsed.error.issues
    const detail = `${issue.path.join('.') || 'the document'}: ${issue.message}`
    throw new SpikedeskError('registry.damaged', { file: this.#file, detail })
  }

  async #write(datasets: RegistryEntry[]): Promise<void> {
    const temporary = `${this.#file}.${process.pid}.tmp`
    try {
      await mkdir(this.#folder, { recursive: true })
      const handle = await open(temporary, 'w')
      try {
        await handle.writeFile(`${JSON.stringify({ version: registryVersion, datasets }, null, 2)}\n`)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(temporary, this.#file)
    } catch (thrown) {
      await rm(temporary, { force: true }).catch(() => undefined)
      throw new SpikedeskError(
        'registry.unwritable',
        { file: this.#file, reason: writingReasonOf(thrown) },
        thrown,
      )
    }
  }
}
