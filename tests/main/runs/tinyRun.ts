import { experimentVersion } from '../../../src-shared/experiment.ts'
import { defaultLoss } from '../../../src-shared/lossTables.ts'
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import { optimizerTables, plainTraining } from '../../../src-shared/experimentFields.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { findLayer } from '../../../src-shared/model/layers/index.ts'
import type { RunListener } from '../../../src-main/runs/runJob.ts'
import { Workspace } from '../../../src-main/runs/workspace.ts'

/** A folder that is removed after the tests of a file. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spikedesk-runs-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const side = 6
const classes = 4

function idx(dimensions: number[], bytes: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * dimensions.length))
  header.setUint32(0, 0x0800 + dimensions.length)
  dimensions.forEach((size, i) => header.setUint32(4 + 4 * i, size))
  return new Uint8Array([...new Uint8Array(header.buffer), ...bytes])
}

/** Writes 6×6 images of four classes, each a bright row and some noise, as IDX files. */
export function writeTinyDataset(folder: string, train = 150, test = 40): string {
  mkdirSync(folder, { recursive: true })
  const parts: [string, number][] = [
    ['train', train],
    ['t10k', test],
  ]
  for (const [part, count] of parts) {
    const labels = Uint8Array.from({ length: count }, (_, i) => (i * 7) % classes)
    const pixels = Uint8Array.from({ length: count * side * side }, (_, i) => {
      const row = Math.floor((i % (side * side)) / side)
      const noise = (i * 2654435761) % 97
      return row === labels[Math.floor(i / (side * side))] ? 180 + (noise % 60) : noise
    })
    writeFileSync(join(folder, `${part}-images-idx3-ubyte`), idx([count, side, side], pixels))
    writeFileSync(join(folder, `${part}-labels-idx1-ubyte`), idx([count], labels))
  }
  return folder
}

/** A network that learns the tiny dataset in a few epochs; Poisson input, so that the random streams count. */
export function tinyExperiment(
  dataset: string,
  changes: Partial<ExperimentDocument> = {},
): ExperimentDocument {
  const layer = (id: string, kind: string, params = {}) => ({
    id,
    kind,
    params: { ...defaultValues(findLayer(kind)?.fields ?? []), ...params },
  })
  return {
    ...plainTraining(),
    version: experimentVersion,
    name: 'tiny',
    dataset: { id: dataset, subset: 1, limit: 0 },
    encoding: { kind: 'poisson', params: {} },
    timeSteps: 6,
    model: {
      version: 1,
      name: 'tiny',
      input: { shape: [1, side, side] },
      layers: [
        layer('flatten', 'flatten'),
        layer('fc1', 'linear', { outputs: 12 }),
        layer('lif1', 'leaky', { beta: 0.9 }),
        layer('fc2', 'linear', { outputs: classes }),
        layer('lif2', 'leaky', { beta: 0.9, learnBeta: true }),
      ],
    },
    loss: defaultLoss('ce_count'),
    optimizer: {
      kind: 'adam',
      params: { ...defaultValues(optimizerTables.adam.fields), learningRate: 0.01 },
    },
    epochs: 3,
    batchSize: 16,
    dropLast: false,
    seed: 5,
    engine: 'reference',
    threads: 1,
    ...changes,
  }
}

export const deaf: RunListener = { changed() {}, metrics() {}, epoch() {} }

/** Opens a workspace with its lock and closes it after the work. */
export async function inWorkspace<Result>(
  folder: string,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  const workspace = Workspace.open(folder, { lock: true })
  try {
    return await work(workspace)
  } finally {
    workspace.close()
  }
}
