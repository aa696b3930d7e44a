import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ImportProgress } from '../../src-shared/contract.ts'
import { useBridge } from '../bridge/index.ts'

export type DatasetJobKind = 'handOver' | 'import' | 'makeEvents' | 'prepare' | 'verify'

/** Something that takes long with a dataset. */
export interface DatasetJob {
  id: string
  kind: DatasetJobKind
  /** Of the dataset, file or folder. */
  name: string
  /** Null before the first report. */
  progress: ImportProgress | null
  cancelling: boolean
}

/** A job of somebody else that says nothing for so long has ended, ms. */
const silence = 5000

let last = 0

/** Jobs with datasets that are under way, with how far they are; those of other pages too. */
export const useDatasetJobsStore = defineStore('datasetJobs', () => {
  const bridge = useBridge()
  const own = shallowRef<readonly DatasetJob[]>([])
  const others = shallowRef<readonly DatasetJob[]>([])
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const stops = new Map<string, () => void>()
  const jobs = computed(() => [...own.value, ...others.value])
  const page = crypto.randomUUID().slice(0, 8)

  function change(id: string, part: Partial<DatasetJob>): void {
    own.value = own.value.map((job) => (job.id === id ? { ...job, ...part } : job))
  }

  function forgetOther(id: string): void {
    clearTimeout(timers.get(id))
    timers.delete(id)
    others.value = others.value.filter((job) => job.id !== id)
  }

  function hear(id: string, progress: ImportProgress): void {
    if (own.value.some((job) => job.id === id)) return change(id, { progress })
    // Ends of own jobs may cross their last report.
    if (id.startsWith(`${page}-`)) return
    const known = others.value.find((job) => job.id === id)
    const name = progress.path.split(/[\\/]/).at(-1) || progress.path
    const job: DatasetJob = { id, kind: 'import', name, cancelling: false, ...known, progress }
    others.value = [...others.value.filter((other) => other.id !== id), job]
    clearTimeout(timers.get(id))
    timers.set(
      id,
      setTimeout(() => forgetOther(id), silence),
    )
  }

  bridge.on('datasets.progress', ({ job, progress }) => hear(job, progress))
  bridge.on('datasets.changed', () => others.value.forEach(({ id }) => forgetOther(id)))

  /** Does something under a new name and lists it until it ends; `stop` is how it is cancelled. */
  async function run<Result>(
    kind: DatasetJobKind,
    name: string,
    work: (id: string, report: (progress: ImportProgress) => void) => Promise<Result>,
    stop?: () => void,
  ): Promise<Result> {
    const id = `${page}-${++last}`
    own.value = [...own.value, { id, kind, name, progress: null, cancelling: false }]
    if (stop) stops.set(id, stop)
    try {
      return await work(id, (progress) => change(id, { progress }))
    } finally {
      own.value = own.value.filter((job) => job.id !== id)
      stops.delete(id)
    }
  }

  /** Ends a job; what it made so far is gone. */
  async function cancel(id: string): Promise<void> {
    change(id, { cancelling: true })
    const stop = stops.get(id)
    if (stop) stop()
    else await bridge.request('datasets.cancel', { job: id })
  }

  return { jobs, run, cancel }
})
