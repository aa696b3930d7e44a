import type { RunDetail } from '../../src-shared/contract.ts'
import { startPlateau } from '../../src-shared/schedule.ts'
import { writeCheckpoint } from '../checkpoints/checkpoint.ts'
import { startPosition } from '../training/position.ts'
import type { Prepared } from './prepare.ts'
import { epochCheckpointPath } from './runFolder.ts'
import type { StartingWeights } from './startingWeights.ts'
import type { RunStore } from './store.ts'
import { productVersion } from './versions.ts'

/**
 * The checkpoint of epoch 0 of a run that begins with given weights: without it, a run that is killed in its first
 * epoch would begin anew with others. Throws `checkpoint.unwritable`.
 */
export function firstCheckpoint(
  store: RunStore,
  { id: run, folder }: RunDetail,
  { experiment, dataset, schedule, executor }: Prepared,
  { path }: StartingWeights,
): void {
  const { id, name, checksum, shape, classes } = dataset
  const { epoch, batch, sums, plateau } = startPosition(startPlateau(schedule))
  const state = executor.readState()
  writeCheckpoint(epochCheckpointPath(folder, 0), {
    ...{ experiment, epoch, batch, sums, plateau, stretch: null, step: 0, state },
    history: [],
    best: null,
    dataset: { id, name, checksum, shape, classes },
    versions: { spikedesk: productVersion },
  })
  store.note(run, 'weights.taken', { path })
}
