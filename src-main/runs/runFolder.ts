import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { RunDetail } from '../../src-shared/contract.ts'
import { writeFileAtomically } from '../checkpoints/atomicFile.ts'

/** Version of `run.json`. */
export const runFileVersion = 1

/** Checkpoint at the end of an epoch, e.g. `checkpoints/epoch-0003.safetensors`. */
export function epochCheckpointPath(folder: string, epoch: number): string {
  return join(folder, 'checkpoints', `epoch-${String(epoch).padStart(4, '0')}.safetensors`)
}

/** Checkpoint inside an epoch, of the last pause, stop or interval. */
export function latestCheckpointPath(folder: string): string {
  return join(folder, 'checkpoints', 'latest.safetensors')
}

/** The checkpoint inside an epoch is of no use any more when the epoch is complete. */
export function removeLatestCheckpoint(folder: string): void {
  rmSync(latestCheckpointPath(folder), { force: true })
}

/** Checkpoints of epochs in a run's folder, the newest first. */
export function epochCheckpoints(folder: string): string[] {
  let names: string[]
  try {
    names = readdirSync(join(folder, 'checkpoints'))
  } catch {
    return []
  }
  return names
    .map((name) => Number(/^epoch-(\d{4,})\.safetensors$/.exec(name)?.[1] ?? Number.NaN))
    .filter((epoch) => !Number.isNaN(epoch))
    .sort((a, b) => b - a)
    .map((epoch) => epochCheckpointPath(folder, epoch))
}

/** Writes `run.json`: everything that the run can be repeated from, for people and other programs. */
export function writeRunFile(detail: RunDetail): void {
  const { id, createdAt, experiment, engine, device, threads, seed, versions, folder } = detail
  const dataset = { id: detail.dataset, name: detail.datasetName, checksum: detail.datasetChecksum }
  const document = {
    version: runFileVersion,
    id,
    createdAt,
    seed,
    engine,
    device,
    threads,
    versions,
    dataset,
    experiment,
  }
  const text = `${JSON.stringify(document, null, 2)}\n`
  writeFileAtomically(join(folder, 'run.json'), [new TextEncoder().encode(text)])
}
