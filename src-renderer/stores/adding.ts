import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { DatasetCard, RefusedImport } from '../../src-shared/contract.ts'
import { SpikedeskError, type ErrorCode } from '../../src-shared/errors/index.ts'
import { checkFields, defaultValues, type FieldValue, type FieldValues } from '../../src-shared/fields.ts'
import { importFields, type ImportSettings } from '../../src-shared/importFields.ts'
import { useBridge } from '../bridge/index.ts'
import type { Given } from '../bridge/givenFiles.ts'
import { useDatasetJobsStore } from './datasetJobs.ts'
import { useDatasetsStore } from './datasets.ts'
import { handOver } from './handOver.ts'

/** An import that was refused over some of its samples, and can be asked for again in another way. */
export interface Refusal {
  path: string
  /** Under which name the files were handed over; null where they lie at a path of the user's own. */
  transfer: string | null
  error: unknown
  /** What is wrong with the samples, where it is known. */
  refused: RefusedImport | null
}

const overcome: readonly ErrorCode[] = ['dataset.classesMissing', 'dataset.importProblems']

/** Adding datasets: by path or by files, with the settings of imports and the answer to damaged ones. */
export const useAddingStore = defineStore('adding', () => {
  const bridge = useBridge()
  const jobs = useDatasetJobsStore()
  const datasets = useDatasetsStore()

  const settings = ref<FieldValues>(defaultValues(importFields))
  /** What went wrong last; null where nothing did. */
  const failure = shallowRef<unknown>(null)
  const refusal = shallowRef<Refusal | null>(null)
  /** The dataset that was added last. */
  const added = ref<string | null>(null)
  const problems = computed(() => checkFields(importFields, settings.value))
  const changed = computed(() => importFields.filter((f) => settings.value[f.key] !== f.default).length)

  function set(key: string, value: FieldValue): void {
    settings.value = { ...settings.value, [key]: value }
  }

  async function importFrom(
    path: string,
    transfer: string | null,
    wanted: FieldValues,
  ): Promise<DatasetCard> {
    const name = path.split(/[\\/]/).filter(Boolean).at(-1) ?? path
    let refused: RefusedImport | null = null
    let mine: string | null = null
    const stop = bridge.on('datasets.refused', (event) => event.job === mine && (refused = event.refused))
    try {
      return await jobs.run('import', name, (job) => {
        mine = job
        return datasets.add(path, job, wanted)
      })
    } catch (error) {
      const known = refused !== null || (error instanceof SpikedeskError && overcome.includes(error.code))
      if (known) refusal.value = { path, transfer, error, refused }
      else if (transfer !== null) await discard(transfer)
      throw error
    } finally {
      stop()
    }
  }

  async function discard(transfer: string): Promise<void> {
    await bridge.request('datasets.uploadDiscard', { job: transfer }).catch(() => undefined)
  }

  async function take(given: Given): Promise<DatasetCard> {
    if (given.kind === 'path') return importFrom(given.path, null, settings.value)
    if (given.files.length === 0) throw new SpikedeskError('drop.empty', { name: given.name })
    const control = new AbortController()
    let transfer = ''
    const path = await jobs.run(
      'handOver',
      given.name,
      (job, progress) => {
        transfer = job
        return handOver(bridge, { job, ...given, signal: control.signal, progress })
      },
      () => control.abort(),
    )
    return importFrom(path, transfer, settings.value)
  }

  /** Runs an attempt to add; what is wrong is kept in `failure`, but for what a dialogue asks about. */
  async function attempt(work: () => Promise<DatasetCard>): Promise<DatasetCard | null> {
    failure.value = null
    try {
      const card = await work()
      added.value = card.id
      return card
    } catch (error) {
      const cancelled = error instanceof SpikedeskError && error.code === 'dataset.cancelled'
      if (!cancelled && refusal.value?.error !== error) failure.value = error
      return null
    }
  }

  /** Adds what was typed, dropped or picked; null where that fails, see `failure` and `refusal`. */
  function add(given: Given): Promise<DatasetCard | null> {
    return attempt(() => take(given))
  }

  /** Adds what can only be read now: the files of a drop. */
  function addRead(read: () => Promise<Given>): Promise<DatasetCard | null> {
    return attempt(async () => take(await read()))
  }

  /** Imports once more what was refused, leaving the problems out or repairing them. */
  async function addAnyway(how: Exclude<ImportSettings['problems'], 'refuse'>): Promise<DatasetCard | null> {
    const refused = refusal.value
    if (!refused) return null
    refusal.value = null
    return attempt(() => importFrom(refused.path, refused.transfer, { ...settings.value, problems: how }))
  }

  /** Lets what was refused go. */
  async function giveUp(): Promise<void> {
    const refused = refusal.value
    refusal.value = null
    if (refused?.transfer) await discard(refused.transfer)
  }

  return { settings, problems, changed, failure, refusal, added, set, add, addRead, addAnyway, giveUp }
})
