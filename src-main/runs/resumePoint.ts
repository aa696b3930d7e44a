import { existsSync } from 'node:fs'
import { SpikedeskError, toErrorMessage, type ErrorMessage } from '../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { canonicalJson } from '../checkpoints/canonicalJson.ts'
import { readCheckpoint, type Checkpoint } from '../checkpoints/checkpoint.ts'
import { epochCheckpoints, latestCheckpointPath } from './runFolder.ts'

/** A checkpoint and where it lies. */
export interface FoundCheckpoint {
  path: string
  checkpoint: Checkpoint
}

/** A checkpoint that could not be used, and why. */
export interface BadCheckpoint {
  path: string
  error: ErrorMessage
}

/** What decides the training up to a checkpoint: the experiment without its length, name and what no result depends on. */
function training(experiment: ExperimentDocument): string {
  return canonicalJson({ ...experiment, epochs: 0, name: '', threads: 0, recompute: 'never' })
}

function readOwn(path: string, experiment: ExperimentDocument): Checkpoint {
  const checkpoint = readCheckpoint(path)
  if (training(checkpoint.experiment) === training(experiment)) return checkpoint
  throw new SpikedeskError('checkpoint.foreign', { path, detail: 'it belongs to another experiment' })
}

/**
 * The good checkpoint of a run that is furthest on; an older one where the newest is damaged, null where there
 * is none. What could not be used is listed.
 */
export function newestCheckpoint(
  folder: string,
  experiment: ExperimentDocument,
): { found: FoundCheckpoint | null; bad: BadCheckpoint[] } {
  const bad: BadCheckpoint[] = []
  const attempt = (path: string): FoundCheckpoint | null => {
    try {
      return { path, checkpoint: readOwn(path, experiment) }
    } catch (thrown) {
      bad.push({ path, error: toErrorMessage(thrown) })
      return null
    }
  }
  const latestPath = latestCheckpointPath(folder)
  const latest = existsSync(latestPath) ? attempt(latestPath) : null
  let epochs: FoundCheckpoint | null = null
  for (const path of epochCheckpoints(folder)) {
    epochs = attempt(path)
    if (epochs) break
  }
  const latestIsFurther =
    latest !== null && (epochs === null || latest.checkpoint.step > epochs.checkpoint.step)
  return { found: latestIsFurther ? latest : epochs, bad }
}
