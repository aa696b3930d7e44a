import { writeFileAtomically } from '../../checkpoints/atomicFile.ts'
import type { ComputeJobs } from '../computeContract.ts'

/** Writes what the page made. */
export function savingJobs(): Pick<ComputeJobs, 'saving.write'> {
  return {
    'saving.write': ({ path, bytes }) => {
      writeFileAtomically(path, [bytes])
      return null
    },
  }
}
