import { useI18n } from 'vue-i18n'
import type { DatasetCard, DatasetVerification } from '../../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../../src-shared/errors/index.ts'
import type { FieldValues } from '../../../../src-shared/fields.ts'
import { useBridge } from '../../../bridge/index.ts'
import { errorText } from '../../../i18n/errors.ts'
import { useAddingStore } from '../../../stores/adding.ts'
import { useAppStore } from '../../../stores/app.ts'
import { useDatasetJobsStore } from '../../../stores/datasetJobs.ts'
import { useDatasetsStore } from '../../../stores/datasets.ts'
import { showToast } from '../../../ui/toasts.ts'

/** What can be done with a dataset as a whole; what goes wrong is said in a toast. */
export function useCardActions() {
  const { t } = useI18n()
  const bridge = useBridge()
  const app = useAppStore()
  const jobs = useDatasetJobsStore()
  const datasets = useDatasetsStore()
  const adding = useAddingStore()

  async function told<Result>(work: () => Promise<Result>): Promise<Result | null> {
    try {
      return await work()
    } catch (error) {
      const cancelled = error instanceof SpikedeskError && error.code === 'dataset.cancelled'
      if (!cancelled) showToast({ text: errorText(error), kind: 'bad' })
      return null
    }
  }

  async function makeEvents({ id, name }: DatasetCard, camera: FieldValues): Promise<void> {
    const make = (job: string) => bridge.request('datasets.makeEvents', { job, id, camera })
    const made = await told(() => jobs.run('makeEvents', name, make))
    if (made) adding.added = datasets.put(made).id
  }

  /** Makes the events of a bundled dataset that are made when they are first used. */
  async function prepare({ id, name }: DatasetCard): Promise<void> {
    const made = await told(() =>
      jobs.run('prepare', name, (job) => bridge.request('datasets.prepare', { job, id })),
    )
    if (made) datasets.put(made)
  }

  /** Reads a dataset whole again; null where that fails or is cancelled. */
  function verify({ id, name }: DatasetCard): Promise<DatasetVerification | null> {
    return told(() => jobs.run('verify', name, (job) => bridge.request('datasets.verify', { job, id })))
  }

  /** Takes a dataset off the list, with an offer to add it again where its files are the user's own. */
  async function remove({ id, name, path }: DatasetCard): Promise<boolean> {
    const gone = await told(async () => (await datasets.remove(id), true))
    if (!gone) return false
    const own = path !== null && !(app.info && path.startsWith(app.info.workspace))
    const again = (): void => void adding.add({ kind: 'path', path: path ?? '' })
    showToast({
      text: t(own ? 'data.card.removed' : 'datasets.card.deleted', { name }),
      action: own ? { label: t('data.card.addAgain'), run: again } : undefined,
    })
    return true
  }

  return { makeEvents, prepare, verify, remove }
}
