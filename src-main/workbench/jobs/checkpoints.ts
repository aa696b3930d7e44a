import { basename } from 'node:path'
import type { NetworkSummary, OpenedCheckpoint } from '../../../src-shared/checkpointContract.ts'
import { toErrorMessage } from '../../../src-shared/errors/index.ts'
import type { Answers } from '../../../src-shared/importedNetwork.ts'
import { compareCheckpoints, compareTensor } from '../../checkpoints/comparison.ts'
import { mostRows, treeRows } from '../../checkpoints/files/treeRows.ts'
import { importNetwork } from '../../checkpoints/networks/importNetwork.ts'
import { nirGraphView } from '../../checkpoints/networks/nir/graphView.ts'
import { summariseParameters } from '../../checkpoints/networks/parameterSummary.ts'
import { exportNetwork, exportNotes } from '../../checkpoints/writers/exporters.ts'
import { fittingDatasets } from '../../runs/fittingDatasets.ts'
import { traceFile } from '../../runs/fileNetwork.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'
import { breather } from './breather.ts'
import type { OpenFiles } from './openFiles.ts'

type Names = Exclude<
  Extract<keyof ComputeJobs, `checkpoints.${string}`>,
  'checkpoints.evaluate' | 'checkpoints.cancel'
>

/** Shows, traces, compares and writes checkpoint files of any program. */
export function checkpointJobs({ datasets }: Workspace, files: OpenFiles): Pick<ComputeJobs, Names> {
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
      const rows = treeRows(root)
      const cut = rows.length === mostRows
      const base = { path, name: basename(path), format, bytes: size, rows, cut, notes, graph }
      try {
        return { ...base, network: await summary(path, {}, dataset), problem: null }
      } catch (thrown) {
        return { ...base, network: null, problem: toErrorMessage(thrown) }
      }
    },
    'checkpoints.answer': ({ path, answers, dataset }) => summary(path, answers, dataset),
    'checkpoints.datasets': async ({ path, answers }) =>
      fittingDatasets(files.get(path), answers, await datasets.cards()),
    'checkpoints.trace': ({ path, answers, dataset, timeSteps, split, index }) =>
      traceFile(path, dataset, datasets, { split, index }, { answers, steps: timeSteps ?? undefined }),
    'checkpoints.compare': ({ first, second }) => compareCheckpoints(files.get(first), files.get(second)),
    'checkpoints.compareTensor': ({ first, second, tensor }) =>
      compareTensor(files.get(first), files.get(second), tensor, breather()),
    'checkpoints.exportNotes': ({ path, answers, format }) =>
      exportNotes(importNetwork(files.get(path), { answers }), format),
    'checkpoints.export': ({ path, answers, format, to, overwrite }) =>
      exportNetwork(importNetwork(files.get(path), { answers }), format, to, overwrite),
  }
}
