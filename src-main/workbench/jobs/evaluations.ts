import { setImmediate } from 'node:timers/promises'
import type { FileEvaluationResult } from '../../../src-shared/checkpointContract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { BatchResult } from '../../engine/executor.ts'
import { evaluateFile } from '../../runs/fileNetwork.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'
import type { Emit } from './training.ts'

type Names = 'checkpoints.evaluate' | 'checkpoints.cancel'

/** Between two reports, ms. */
const reportMilliseconds = 200

/** Evaluations of files: each tells how far it is, and ends between two batches when asked to. */
export function evaluationJobs({ datasets }: Workspace, emit: Emit): Pick<ComputeJobs, Names> {
  const running = new Map<string, { cancelled: boolean }>()

  return {
    'checkpoints.evaluate': async ({ job, path, answers, dataset, timeSteps }) => {
      const state = { cancelled: false }
      running.set(job, state)
      const predictions: number[] = []
      let total = 0
      let reportedAt = -Infinity
      async function hear(result: BatchResult): Promise<void> {
        predictions.push(...result.predictions)
        const now = performance.now()
        if (now - reportedAt >= reportMilliseconds) {
          reportedAt = now
          emit('checkpoints.progress', { job, seen: predictions.length, total })
        }
        // Another message, such as the wish to end, gets its turn.
        await setImmediate()
        if (state.cancelled) throw new SpikedeskError('evaluation.cancelled', { path })
      }
      try {
        total = (await datasets.card(dataset)).testCount
        const options = { answers, steps: timeSteps ?? undefined }
        const found = await evaluateFile(path, dataset, datasets, options, hear)
        const evaluated: FileEvaluationResult = {
          ...found.result,
          classes: [...found.dataset.classes],
          labels: found.dataset.test.labels.slice(),
          predictions: Uint8Array.from(predictions),
          timeSteps: found.experiment.timeSteps,
        }
        return evaluated
      } finally {
        if (running.get(job) === state) running.delete(job)
      }
    },
    'checkpoints.cancel': ({ job }) => {
      const state = running.get(job)
      if (state) state.cancelled = true
      return null
    },
  }
}
