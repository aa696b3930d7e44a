import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DatasetCard } from '../../src-shared/contract.ts'
import { SpikedeskError, toErrorMessage } from '../../src-shared/errors/index.ts'
import { bundledId, openBundled } from './bundled.ts'
import { cardOf } from './card.ts'
import type { ImageDataset } from './dataset.ts'
import { openDataset } from './open.ts'
import { OpenedDatasets, unchanged } from './opened.ts'
import { DatasetRegistry, type RegistryEntry } from './registry.ts'

/**
 * The datasets one can name: the bundled digits, those added to the workspace, and any path. Opened datasets
 * are kept; a changed file is read anew.
 */
export class DatasetLibrary {
  readonly #registry: DatasetRegistry | null
  readonly #opened = new OpenedDatasets()

  /** `folder` is the workspace in which `datasets.json` lies; null: bundled ids and paths only. */
  constructor(folder: string | null) {
    this.#registry = folder === null ? null : new DatasetRegistry(folder)
  }

  /** All cards, the bundled ones first. A dataset that cannot be opened now keeps its card and says why. */
  async cards(): Promise<DatasetCard[]> {
    const entries = await this.#entries()
    return Promise.all([this.card(bundledId), ...entries.map((entry) => this.#cardOfEntry(entry))])
  }

  /** The card of a known id or of a path. Throws as {@link open} does, but not for an id that has a card. */
  async card(idOrPath: string): Promise<DatasetCard> {
    const entry = idOrPath === bundledId ? undefined : await this.#findEntry(idOrPath)
    return entry ? this.#cardOfEntry(entry) : cardOf(await this.open(idOrPath))
  }

  /**
   * Opens a folder or file, checks it whole, and adds it to the workspace under an id that stays. A path that
   * was added before keeps its id.
   * @throws SpikedeskError with one of the `dataset.` or `registry.` codes
   */
  async add(path: string): Promise<DatasetCard> {
    const registry = this.#registry
    if (!registry) throw new SpikedeskError('dataset.noRegistry', { path })
    const absolute = resolve(path)
    const { dataset, stamps } = await this.#opened.get(absolute, () => openDataset(absolute))
    const { id: suggested, path: _path, bundled: _bundled, problem: _problem, ...card } = cardOf(dataset)
    let id = suggested
    await registry.update((entries) => {
      const present = entries.find((entry) => entry.path === absolute)
      id = present?.id ?? uniqueId(suggested, entries)
      const entry: RegistryEntry = { id, path: absolute, card, files: stamps }
      return present ? entries.map((other) => (other === present ? entry : other)) : [...entries, entry]
    })
    return { ...card, id, path: absolute, bundled: false, problem: null }
  }

  /** Takes a dataset off the list; its files stay where they are. Throws `dataset.bundled`, `dataset.unknown`. */
  async remove(id: string): Promise<void> {
    if (id === bundledId) throw new SpikedeskError('dataset.bundled', { id })
    if (!this.#registry) throw await this.#unknown(id)
    if (!(await this.#entries()).some((entry) => entry.id === id)) throw await this.#unknown(id)
    await this.#registry.update((entries) => entries.filter((entry) => entry.id !== id))
  }

  /**
   * Opens a dataset by id or by path; an id goes before a folder of the same name.
   * @throws SpikedeskError `dataset.unknown`, or the `dataset.` code that says what is wrong with the files
   */
  async open(idOrPath: string): Promise<ImageDataset> {
    if (idOrPath === bundledId) return (await this.#opened.get(bundledId, openBundled)).dataset
    const entry = await this.#findEntry(idOrPath)
    if (!entry && !looksLikePath(idOrPath)) throw await this.#unknown(idOrPath)
    const path = entry?.path ?? resolve(idOrPath)
    const { dataset } = await this.#opened.get(path, () => openDataset(path))
    return { ...dataset, id: entry?.id ?? dataset.id }
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
      return { ...cardOf(await this.open(id)), id }
    } catch (thrown) {
      return { ...stored, problem: toErrorMessage(thrown) }
    }
  }

  async #unknown(id: string): Promise<SpikedeskError> {
    const known = [bundledId, ...(await this.#entries()).map((entry) => entry.id)].join(', ')
    return new SpikedeskError('dataset.unknown', { id, known })
  }
}

function looksLikePath(text: string): boolean {
  return /[\\/.~]/.test(text) || existsSync(text)
}

function uniqueId(suggested: string, entries: readonly RegistryEntry[]): string {
  const taken = new Set([bundledId, ...entries.map((entry) => entry.id)])
  let id = suggested
  for (let n = 2; taken.has(id); n++) id = `${suggested}-${n}`
  return id
}
