import { crc32 } from 'node:zlib'
import type { EpochRecord } from '../../src-shared/contract.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import type { PlateauState } from '../../src-shared/schedule.ts'
import { inferModel } from '../../src-shared/model/shapes.ts'
import type { NamedTensor, TrainingState } from '../engine/executor.ts'
import type { EpochSums } from '../training/position.ts'
import { canonicalJson } from './canonicalJson.ts'
import { checkpointFormat, checkpointVersion, parsePart, upgradeMetadata } from './checkpointDocument.ts'
import { readSafetensors, writeSafetensors, type Tensor, type TensorFile } from './safetensors.ts'

/** Scores of a complete epoch: an epoch's record without what depends on the machine. */
export type EpochScore = Pick<
  EpochRecord,
  'epoch' | 'trainLoss' | 'trainAccuracy' | 'testLoss' | 'testAccuracy' | 'firingRates'
>

/**
 * Everything to go on with a run bit for bit. It holds no times, speeds, thread counts or run ids, so that equal
 * training gives equal files.
 */
export interface Checkpoint {
  /** With `threads` 0: results do not depend on it. */
  experiment: ExperimentDocument
  /** Complete epochs. */
  epoch: number
  /** Batches done of the epoch after them, and their sums. */
  batch: number
  sums: EpochSums
  /** What the schedule of the learning rate remembers. */
  plateau: PlateauState | null
  /** Time steps that are kept together for the way back, 0 all of them; null where that is not known, or nothing was trained. */
  stretch: number | null
  /** Optimizer steps done. */
  step: number
  state: TrainingState
  history: EpochScore[]
  best: { epoch: number; testAccuracy: number } | null
  dataset: { id: string; name: string; checksum: string; shape: number[]; classes: string[] }
  versions: Record<string, string>
}

const optimizerPrefix = 'optimizer.'

function toTensor({ name, shape, data }: NamedTensor, prefix: string): Tensor {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return { name: prefix + name, dtype: 'F32', shape, bytes }
}

/** A damaged file is found by this sum over the metadata and all tensors; the format itself has none. */
function checksum(metadata: Record<string, string>, tensors: readonly Tensor[]): string {
  const { crc32: _own, ...rest } = metadata
  const text = JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)))
  const sum = tensors.reduce(
    (value, { name, shape, bytes }) => crc32(bytes, crc32(`${name}:${shape.join()}`, value)),
    crc32(text),
  )
  return sum.toString(16).padStart(8, '0')
}

/** The file of a checkpoint: parameters `<layer>.<parameter>`, then `optimizer.<layer>.<parameter>.<state>`. */
export function encodeCheckpoint(checkpoint: Checkpoint): TensorFile {
  const { epoch, batch, sums, plateau, stretch, step, history, best, dataset, versions, state } = checkpoint
  const tensors = [
    ...state.parameters.map((tensor) => toTensor(tensor, '')),
    ...state.optimizer.map((tensor) => toTensor(tensor, optimizerPrefix)),
  ]
  const metadata: Record<string, string> = {
    format: checkpointFormat,
    version: String(checkpointVersion),
    experiment: canonicalJson({ ...checkpoint.experiment, threads: 0, recompute: 'never' }),
    progress: JSON.stringify({ epoch, batch, step, sums, plateau, stretch }),
    history: JSON.stringify(history),
    best: JSON.stringify(best),
    dataset: JSON.stringify(dataset),
    versions: JSON.stringify(versions),
  }
  return { metadata: { ...metadata, crc32: checksum(metadata, tensors) }, tensors }
}

/** Writes a checkpoint atomically. Throws `checkpoint.unwritable`. */
export function writeCheckpoint(path: string, checkpoint: Checkpoint): void {
  writeSafetensors(path, encodeCheckpoint(checkpoint))
}

function toNamed({ name, dtype, shape, bytes }: Tensor, prefix: string, path: string): NamedTensor {
  if (dtype !== 'F32') {
    const detail = `tensor "${name}" holds ${dtype} where F32 is wanted`
    throw new SpikedeskError('checkpoint.foreign', { path, detail })
  }
  const data = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  return { name: name.slice(prefix.length), shape, data }
}

function decodeState(
  experiment: ExperimentDocument,
  step: number,
  tensors: readonly Tensor[],
  path: string,
): TrainingState {
  const names = new Set(
    inferModel(experiment.model).layers.flatMap((layer) =>
      layer.parameters.map((parameter) => `${layer.node.id}.${parameter.name}`),
    ),
  )
  const stray = tensors.find(({ name }) => !names.has(name) && !name.startsWith(optimizerPrefix))
  if (stray) {
    const detail = `tensor "${stray.name}" belongs to no layer of its model`
    throw new SpikedeskError('checkpoint.foreign', { path, detail })
  }
  return {
    parameters: tensors.filter(({ name }) => names.has(name)).map((tensor) => toNamed(tensor, '', path)),
    optimizer: tensors
      .filter(({ name }) => !names.has(name))
      .map((tensor) => toNamed(tensor, optimizerPrefix, path)),
    step,
  }
}

/**
 * Reads a checkpoint. Throws `checkpoint.notFound` and `checkpoint.unreadable`; `safetensors.invalid` where the
 * file is damaged, `checkpoint.foreign` where it is something else, `checkpoint.version` where it is newer.
 */
export function readCheckpoint(path: string): Checkpoint {
  const file = readSafetensors(path)
  const metadata = upgradeMetadata(file.metadata, path)
  if (file.metadata.crc32 !== checksum(file.metadata, file.tensors)) {
    throw new SpikedeskError('safetensors.invalid', {
      path,
      detail: 'its checksum does not match its content',
    })
  }
  const experiment = parsePart(metadata, 'experiment', path)
  const { epoch, batch, step, sums, plateau, stretch } = parsePart(metadata, 'progress', path)
  return {
    experiment,
    epoch,
    batch,
    sums,
    plateau,
    stretch,
    step,
    state: decodeState(experiment, step, file.tensors, path),
    history: parsePart(metadata, 'history', path),
    best: parsePart(metadata, 'best', path),
    dataset: parsePart(metadata, 'dataset', path),
    versions: parsePart(metadata, 'versions', path),
  }
}
