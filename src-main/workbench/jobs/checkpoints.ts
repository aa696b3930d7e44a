import { statSync } from 'node:fs'
import { basename } from 'node:path'
import type { NetworkSummary, OpenedCheckpoint } from '../../../src-shared/checkpointContract.ts'
import { toErrorMessage } from '../../../src-shared/errors/index.ts'
import type { Answers } from '../../../src-shared/importedNetwork.ts'
import { compareCheckpoints } from '../../checkpoints/comparison.ts'
import { openCheckpointFile } from '../../checkpoints/files/open.ts'
import type { OpenedFile } from '../../checkpoints/files/openedFile.ts'
import { viewTensor } from '../../checkpoints/files/tensorView.ts'
import { treeRows } from '../../checkpoints/files/treeRows.ts'
import { importNetwork } from '../../checkpoints/networks/importNetwork.ts'
import { nirGraphView } from '../../checkpoints/networks/nir/graphView.ts'
import { summariseParameters } from '../../checkpoints/networks/parameterSummary.ts'
import { exportNetwork } from '../../checkpoints/writers/exporters.ts'
import { exportTensor } from '../../checkpoints/writers/tensorExport.ts'
import { fittingDatasets } from '../../runs/fittingDatasets.ts'
import { traceFile } from '../../runs/fileNetwork.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'

type Names = Exclude<
  Extract<keyof ComputeJobs, `checkpoints.${string}`>,
  'checkpoints.evaluate' | 'checkpoints.cancel'
>

/** Files that stay open while somebody looks at them. */
const mostOpen = 4

/** Keeps files open under their path, size and time, so that each look does not list them anew. */
class OpenFiles {
  private readonly files = new Map<string, OpenedFile>()

  get(path: string): OpenedFile {
    const stats = statSync(path, { throwIfNoEntry: false })
    const key = `${path}\n${stats?.size}\n${stats?.mtimeMs}`
    const file = this.files.get(key) ?? openCheckpointFile(path)
    this.files.delete(key)
    this.files.set(key, file)
    for (const [old, unused] of this.files) {
      if (this.files.size <= mostOpen) break
      this.files.delete(old)
      unused.close()
    }
    return file
  }
}

/** Shows, traces, compares and writes checkpoint files of any program. */
export function checkpointJobs({ datasets }: Workspace): Pick<ComputeJobs, Names> {
  const files = new OpenFiles()

  async function summary(path: string, answers: Answers, dataset: string | null): Promise<NetworkSummary> {
    const sampleShape = dataset === null ? undefined : (await datasets.open(dataset)).shape
    const network = importNetwork(files.get(path), { answers, sampleShape })
    const { framework, experiment, questions, facts, histories, notes } = network
    const parameters = summariseParameters(network)
    return { framework, experiment, parameters, questions, facts, histories, notes }
  }

  return {
    'checkpoints.open': async ({ path, dataset }): Promise<OpenedCheckpoint> => {
      const { format, size, root, notes } = files.get(path)
      const graph = format === 'nir' ? nirGraphView(root) : null
      const base = { path, name: basename(path), format, bytes: size, rows: treeRows(root), notes, graph }
      try {
        return { ...base, network: await summary(path, {}, dataset), problem: null }
      } catch (thrown) {
        return { ...base, network: null, problem: toErrorMessage(thrown) }
      }
    },
    'checkpoints.answer': ({ path, answers, dataset }) => summary(path, answers, dataset),
    'checkpoints.tensor': ({ path, tensor, ...window }) => viewTensor(files.get(path), tensor, window),
    'checkpoints.datasets': async ({ path, answers }) =>
      fittingDatasets(files.get(path), answers, await datasets.cards()),
    'checkpoints.trace': ({ path, answers, dataset, timeSteps, split, index }) =>
      traceFile(path, dataset, datasets, { split, index }, { answers, steps: timeSteps ?? undefined }),
    'checkpoints.compare': ({ first, second, tensor }) =>
      compareCheckpoints(files.get(first), files.get(second), tensor),
    'checkpoints.export': ({ path, answers, format, to }) =>
      exportNetwork(importNetwork(files.get(path), { answers }), format, to),
    'checkpoints.exportTensor': ({ path, tensor, format, to }) =>
      exportTensor(files.get(path), tensor, format, to),
  }
}
