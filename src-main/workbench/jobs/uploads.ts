import { Uploads } from '../../datasets/importing/uploads.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'

type Names = 'datasets.uploadBegin' | 'datasets.uploadParts' | 'datasets.uploadEnd' | 'datasets.uploadDiscard'

/** Takes the bytes of files from pages that cannot name their place. */
export function uploadJobs({ datasets, folder }: Workspace): Pick<ComputeJobs, Names> {
  const uploads = new Uploads(folder)
  return {
    'datasets.uploadBegin': async ({ job, ...plan }) => {
      await uploads.begin(job, plan, await datasets.paths())
      return null
    },
    'datasets.uploadParts': async ({ job, parts }) => {
      await uploads.append(job, parts)
      return null
    },
    'datasets.uploadEnd': async ({ job }) => ({ path: await uploads.end(job) }),
    'datasets.uploadDiscard': async ({ job }) => {
      await uploads.discard(job, await datasets.paths())
      return null
    },
  }
}
