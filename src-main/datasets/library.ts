import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { cameraSettings } from '../../src-shared/cameraFields.ts'
import type { DatasetCard, DatasetVerification } from '../../src-shared/contract.ts'
import { SpikedeskError, toErrorMessage } from '../../src-shared/errors/index.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import { importSettings } from '../../src-shared/importFields.ts'
import { bundledId, openBundled } from './bundled.ts'
import { cameraSource } from './camera/cameraSource.ts'
import { digitEventsCard, digitEventsId, openDigitEvents } from './camera/digitEvents.ts'
import { cardOf } from './card.ts'
import type { Dataset, ImageDataset } from './dataset.ts'
import type { ImportedFormat } from './format.ts'
import { importsFolder, importInto } from './importing/importInto.ts'
import type { ImportWatch } from './importing/progress.ts'
import { uploadOf } from './importing/uploads.ts'
import type { DataLocation } from './location.ts'
import { recognise, openDataset } from './open.ts'
import { OpenedDatasets, stampsOf, unchanged, type FileStamp } from './opened.ts'
import { openPacked } from './packed/openPacked.ts'
import { verifyPacked } from './packed/verifyPacked.ts'
import { DatasetRegistry, type RegistryEntry } from './registry.ts'
import { requireImages } from './subset.ts'

const bundledIds: readonly string[] = [bundledId, digitEventsId]

/** How a dataset is added. */
export interface AddOptions extends ImportWatch {
  /** Settings of its import where it is imported, see `src-shared/importFields.ts`. */
  settings?: FieldValues
}

/**
 * The datasets one can name: the bundled digits, those added to the workspace, and any path. Opened datasets
 * are kept; a changed file is read anew.
 */
export class DatasetLibrary {
  readonly #folder: string | null
  readonly #registry: DatasetRegistry | null
  readonly #opened = new OpenedDatasets()

  /** `folder` is the workspace in which `datasets.json` lies; null: bundled ids and paths only. */
  constructor(folder: string | null) {
    this.#folder = folder
    this.#registry = folder === null ? null : new DatasetRegistry(folder)
  }

  /**
   * All cards, the bundled ones first; the digits as events only where there is a workspace to make them in. A
   * dataset that cannot be opened now keeps its card and says why.
   */
  async cards(): Promise<DatasetCard[]> {
    const entries = await this.#entries()
    const bundled = this.#folder === null ? [bundledId] : [bundledId, digitEventsId]
    return Promise.all([
      ...bundled.map((id) => this.card(id)),
      ...entries.map((entry) => this.#cardOfEntry(entry)),
    ])
  }

  /** The card of a known id or of a path. Throws as {@link open} does, but not for an id that has a card. */
  async card(idOrPath: string): Promise<DatasetCard> {
    if (idOrPath === digitEventsId) return this.#digitEventsCard()
    const entry = idOrPath === bundledId ? undefined : await this.#findEntry(idOrPath)
    return entry ? this.#cardOfEntry(entry) : cardOf(await this.open(idOrPath))
  }

  /**
   * Opens a folder or file, checks it whole, and adds it to the workspace under an id that stays; recordings and
   * pictures are imported. A path that was added before keeps its id and is imported anew.
   * @throws SpikedeskError with one of the `dataset.`, `recording.`, `archive.` or `registry.` codes
   */
  async add(path: string, options: AddOptions = {}): Promise<DatasetCard> {
    if (!this.#registry) throw new SpikedeskError('dataset.noRegistry', { path })
    const absolute = resolve(path)
    const { location, format } = await recognise(absolute)
    if ('survey' in format) return this.#import(location, format, options)
    const { dataset, stamps } = await this.#opened.get(absolute, () => format.open(location))
    return this.#register(absolute, null, dataset, stamps)
  }

  /**
   * Takes a dataset off the list; its files stay where they are, what was imported of them goes.
   * Throws `dataset.bundled`, `dataset.unknown`.
   */
  async remove(id: string): Promise<void> {
    if (bundledIds.includes(id)) throw new SpikedeskError('dataset.bundled', { id })
    const gone = (await this.#entries()).find((entry) => entry.id === id)
    if (!this.#registry || !gone) throw await this.#unknown(id)
    await this.#registry.update((entries) => entries.filter((entry) => entry.id !== id))
    if (gone.packed !== null) await rm(this.#packedFolder(gone.packed), { recursive: true, force: true })
    await this.#removeUpload(gone.path)
  }

  /** Paths of the datasets that were added, null of those that were made; see `importing/uploads.ts`. */
  async paths(): Promise<(string | null)[]> {
    return (await this.#entries()).map(({ path }) => path)
  }

  /**
   * Opens a dataset by id or by path; an id goes before a folder of the same name. `watch` hears of the making of
   * the digits as events, where that is asked for and they are not there yet.
   * @throws SpikedeskError `dataset.unknown`, `dataset.notImported`, or the code that says what is wrong with the
   * files
   */
  async open(idOrPath: string, watch: ImportWatch = {}): Promise<Dataset> {
    if (idOrPath === bundledId) return this.#digits()
    if (idOrPath === digitEventsId) return this.#digitEvents(watch)
    const entry = await this.#findEntry(idOrPath)
    if (!entry && !looksLikePath(idOrPath)) throw await this.#unknown(idOrPath)
    if (entry?.packed) return (await this.#openImported(entry.packed, entry.id)).dataset
    const path = entry?.path ?? resolve(idOrPath)
    const { dataset } = await this.#opened.get(path, () => openDataset(path))
    return { ...dataset, id: entry?.id ?? dataset.id }
  }

  /**
   * Makes a dataset of events from one of images with a simulated camera. One that was made before from the same
   * images takes its place.
   * @param camera see `src-shared/cameraFields.ts`
   * @throws SpikedeskError `dataset.wantsImages`, `dataset.noRegistry`, `field.` codes, and those of {@link open}
   */
  async makeEvents(
    idOrPath: string,
    camera: FieldValues = {},
    watch: ImportWatch = {},
  ): Promise<DatasetCard> {
    if (!this.#registry) throw new SpikedeskError('dataset.noRegistry', { path: idOrPath })
    const settings = cameraSettings(camera)
    const source = cameraSource(requireImages(await this.open(idOrPath)), settings)
    const entries = await this.#entries()
    const before = entries.find(({ id, path }) => id === source.id && path === null)
    const id = before?.id ?? uniqueId(source.id, entries)
    await importInto(
      this.#packedFolder(''),
      id,
      source,
      null,
      importSettings({ problems: 'leaveOut' }),
      watch,
    )
    const { dataset, stamps } = await this.#openImported(id, id)
    return this.#register(null, id, dataset, stamps)
  }

  /**
   * Reads a dataset whole again and compares it with what it was when it was added: the files of an imported one by
   * their checksums, those of others by the checksum of what they hold.
   * @throws SpikedeskError those of {@link card} and {@link open}, `dataset.cancelled`
   */
  async verify(id: string, watch: ImportWatch = {}): Promise<DatasetVerification> {
    const card = await this.card(id)
    const entry = await this.#findEntry(id)
    const packed = id === digitEventsId ? digitEventsId : (entry?.packed ?? null)
    if (packed !== null) {
      await this.open(id, watch)
      const files = await verifyPacked(this.#packedFolder(packed), watch)
      return { id, fine: files.every(({ fine }) => fine), files, card }
    }
    const path = entry?.path ?? card.path
    const { dataset, files } = path === null ? await openBundled() : await openDataset(path)
    const fine = dataset.checksum === card.checksum
    const checked = stampsOf(files).then((stamps) =>
      stamps.map(({ path: name, size: bytes }) => ({ name, bytes, fine })),
    )
    return { id, fine, files: await checked, card }
  }

  async #digits(): Promise<ImageDataset> {
    return requireImages((await this.#opened.get(bundledId, openBundled)).dataset)
  }

  async #digitEvents(watch: ImportWatch): Promise<Dataset> {
    if (this.#folder === null) throw new SpikedeskError('dataset.noWorkspace', { id: digitEventsId })
    const digits = await this.#digits()
    const make = () => openDigitEvents(this.#packedFolder(''), digits, watch)
    return (await this.#opened.get(digitEventsId, make)).dataset
  }

  async #digitEventsCard(): Promise<DatasetCard> {
    const made = this.#folder !== null && existsSync(this.#packedFolder(digitEventsId))
    return made ? cardOf(await this.#digitEvents({})) : digitEventsCard(await this.#digits())
  }

  async #import(location: DataLocation, format: ImportedFormat, options: AddOptions): Promise<DatasetCard> {
    const settings = importSettings(options.settings)
    const source = await format.survey(location, settings)
    try {
      const entries = await this.#entries()
      const uploaded = uploadOf(this.#folder ?? '', location.path) !== null
      const path = uploaded ? null : location.path
      const before = uploaded ? undefined : entries.find((entry) => entry.path === path)
      const id = before?.id ?? uniqueId(source.id, entries)
      await importInto(this.#packedFolder(''), id, source, path, settings, options)
      const { dataset, stamps } = await this.#openImported(id, id)
      const card = await this.#register(path, id, dataset, stamps)
      await this.#removeUpload(location.path)
      return card
    } finally {
      await source.close()
    }
  }

  /** Deletes what a page handed over, once nothing reads it any more. */
  async #removeUpload(path: string | null): Promise<void> {
    const folder = this.#folder === null ? null : uploadOf(this.#folder, path)
    if (folder !== null) await rm(folder, { recursive: true, force: true })
  }

  #openImported(packed: string, id: string) {
    const folder = this.#packedFolder(packed)
    return this.#opened.get(folder, () => Promise.resolve().then(() => openPacked(folder, id)))
  }

  #packedFolder(name: string): string {
    return join(this.#folder ?? '', importsFolder, name)
  }

  async #register(
    path: string | null,
    packed: string | null,
    dataset: Dataset,
    files: FileStamp[],
  ): Promise<DatasetCard> {
    const { id: suggested, path: _path, bundled: _bundled, problem: _problem, ...card } = cardOf(dataset)
    let id = suggested
    await this.#registry?.update((entries) => {
      const same = (entry: RegistryEntry): boolean =>
        path === null ? entry.id === packed : entry.path === path
      const present = entries.find(same)
      id = present?.id ?? packed ?? uniqueId(suggested, entries)
      const entry: RegistryEntry = { id, path, packed, card, files }
      return present ? entries.map((other) => (other === present ? entry : other)) : [...entries, entry]
    })
    return { ...card, id, path, bundled: false, problem: null }
  }

  #entries(): Promise<RegistryEntry[]> {
    return this.#registry?.entries() ?? Promise.resolve([])
  }

  async #findEntry(idOrPath: string): Promise<RegistryEntry | undefined> {
    const entries = await this.#entries()
    const path = resolve(idOrPath)
    return entries.find(({ id }) => id === idOrPath) ?? entries.find((entry) => entry.path === path)
  }

  async #cardOfEntry(entry: RegistryEntry): Promise<DatasetCard> {
    const { id, path } = entry
    const stored: DatasetCard = { ...entry.card, id, path, bundled: false, problem: null }
    if (await unchanged(entry.files)) return stored
    try {
      return { ...cardOf(await this.open(id)), id, bundled: false }
    } catch (thrown) {
      return { ...stored, problem: toErrorMessage(thrown) }
    }
  }

  async #unknown(id: string): Promise<SpikedeskError> {
    const ids = [...bundledIds, ...(await this.#entries()).map((entry) => entry.id)]
    const names = ids.slice(0, mostNamed).join(', ')
    const some = { phrase: 'datasets.more', names, count: ids.length } as const
    return new SpikedeskError('dataset.unknown', { id, known: ids.length > mostNamed ? some : names })
  }
}

/** As many of the known ids are named where one is unknown. */
const mostNamed = 6

function looksLikePath(text: string): boolean {
  return /[\\/.~]/.test(text) || existsSync(text)
}

function uniqueId(suggested: string, entries: readonly RegistryEntry[]): string {
  const taken = new Set([...bundledIds, ...entries.map((entry) => entry.id)])
  let id = suggested
  for (let n = 2; taken.has(id); n++) id = `${suggested}-${n}`
  return id
}
