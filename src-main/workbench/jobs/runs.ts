import { traceSample } from '../../runs/trace.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'

/** What a trained network makes of samples. */
export function runJobs(workspace: Workspace): Pick<ComputeJobs, 'activity.trace'> {
  return {
    'activity.trace': ({ run, split, index }) => traceSample(workspace, run, split, index),
  }
}
