import type { ImportWatch } from '../../datasets/importing/progress.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'
import type { Emit } from './training.ts'

type Names =
  'datasets.import' | 'datasets.makeEvents' | 'datasets.prepare' | 'datasets.verify' | 'datasets.cancel'

/** What takes long with datasets: it tells how far it is, and ends when asked to. */
export function importJobs({ datasets }: Workspace, emit: Emit): Pick<ComputeJobs, Names> {
  const running = new Map<string, AbortController>()

  async function watched<Result>(
    job: string,
    work: (watch: ImportWatch) => Promise<Result>,
  ): Promise<Result> {
    const controller = new AbortController()
    running.set(job, controller)
    try {
      const progress: ImportWatch['progress'] = (report) =>
        emit('datasets.progress', { job, progress: report })
      const refused: ImportWatch['refused'] = (report) => emit('datasets.refused', { job, refused: report })
      return await work({ progress, refused, signal: controller.signal })
    } finally {
      if (running.get(job) === controller) running.delete(job)
    }
  }

  return {
    'datasets.import': ({ job, path, settings }) =>
      watched(job, (watch) => datasets.add(path, { ...watch, settings })),
    'datasets.makeEvents': ({ job, id, camera }) =>
      watched(job, (watch) => datasets.makeEvents(id, camera, watch)),
    'datasets.prepare': ({ job, id }) =>
      watched(job, async (watch) => {
        await datasets.open(id, watch)
        return datasets.card(id)
      }),
    'datasets.verify': ({ job, id }) => watched(job, (watch) => datasets.verify(id, watch)),
    'datasets.cancel': ({ job }) => {
      running.get(job)?.abort()
      return null
    },
  }
}
