import { join } from 'node:path'
import type { RunDetail, RunState, RunSummary } from '../../src-shared/contract.ts'
import type { ErrorMessage } from '../../src-shared/errors/index.ts'
import type { EngineId, ExperimentDocument } from '../../src-shared/experiment.ts'
import { upgradeExperiment } from '../../src-shared/experimentUpgrade.ts'

/** A row of the table of runs. */
export interface RunRow {
  id: string
  name: string
  state: RunState
  experiment: string
  dataset: string
  dataset_name: string
  dataset_checksum: string
  model: string
  engine: EngineId
  device: string
  threads: number
  seed: number
  versions: string
  created_at: string
  updated_at: string
  ended_at: string | null
  epoch: number
  epochs: number
  batch: number
  batches_per_epoch: number
  last_loss: number | null
  last_test_accuracy: number | null
  best_test_accuracy: number | null
  best_epoch: number | null
  images_per_second: number | null
  seconds: number
  /** Relative to the workspace, so that the folder can be moved. */
  checkpoint: string | null
  checkpoint_epoch: number | null
  error: string | null
}

/** What is known of a run before its first batch. */
export interface RunFacts {
  name: string
  experiment: ExperimentDocument
  datasetName: string
  datasetChecksum: string
  device: string
  threads: number
  versions: Record<string, string>
  batchesPerEpoch: number
}

/** The row of a run that is being prepared; `now` as ISO 8601, UTC. */
export function newRow(id: string, facts: RunFacts, now: string): RunRow {
  const { experiment } = facts
  return {
    id,
    name: facts.name,
    state: 'preparing',
    experiment: JSON.stringify(experiment),
    dataset: experiment.dataset.id,
    dataset_name: facts.datasetName,
    dataset_checksum: facts.datasetChecksum,
    model: experiment.model.name,
    engine: experiment.engine,
    device: facts.device,
    threads: facts.threads,
    seed: experiment.seed,
    versions: JSON.stringify(facts.versions),
    created_at: now,
    updated_at: now,
    ended_at: null,
    epoch: 1,
    epochs: experiment.epochs,
    batch: 0,
    batches_per_epoch: facts.batchesPerEpoch,
    last_loss: null,
    last_test_accuracy: null,
    best_test_accuracy: null,
    best_epoch: null,
    images_per_second: null,
    seconds: 0,
    checkpoint: null,
    checkpoint_epoch: null,
    error: null,
  }
}

/** A row as the run list shows it; `folder` is that of the workspace. */
export function toSummary(row: RunRow, folder: string): RunSummary {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    dataset: row.dataset,
    datasetName: row.dataset_name,
    model: row.model,
    engine: row.engine,
    device: row.device,
    threads: row.threads,
    seed: row.seed,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    epoch: row.epoch,
    epochs: row.epochs,
    batch: row.batch,
    batchesPerEpoch: row.batches_per_epoch,
    lastLoss: row.last_loss,
    lastTestAccuracy: row.last_test_accuracy,
    bestTestAccuracy: row.best_test_accuracy,
    bestEpoch: row.best_epoch,
    imagesPerSecond: row.images_per_second,
    seconds: row.seconds,
    checkpoint: row.checkpoint === null ? null : join(folder, row.checkpoint),
    checkpointEpoch: row.checkpoint_epoch,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorMessage),
  }
}

/** A row with everything that the run can be repeated from. */
export function toDetail(row: RunRow, folder: string): RunDetail {
  return {
    ...toSummary(row, folder),
    experiment: upgradeExperiment(JSON.parse(row.experiment)) as ExperimentDocument,
    datasetChecksum: row.dataset_checksum,
    versions: JSON.parse(row.versions) as Record<string, string>,
    folder: join(folder, 'runs', row.id),
  }
}
