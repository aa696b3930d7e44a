import { continueRun, startRun } from '../../../src-main/runs/runJob.ts'
import { Workspace } from '../../../src-main/runs/workspace.ts'
import type { ExperimentDocument } from '../../../src-shared/experiment.ts'

/**
 * A process of its own that starts an experiment, or goes on with a run, and prints each batch it has written
 * down; made to be killed. Arguments: workspace, then `start` and an experiment, or `continue`, run and epochs.
 */
const [folder, verb, subject, epochs] = process.argv.slice(2)
const workspace = Workspace.open(folder, { lock: true })
const listener = {
  changed: ({ state }: { state: string }) => console.log(`state ${state}`),
  metrics: ({ firstStep, losses }: { firstStep: number; losses: Float32Array }) =>
    console.log(`step ${firstStep + losses.length}`),
  epoch: (_run: string, { epoch }: { epoch: number }) => console.log(`epoch ${epoch}`),
}
const options = { checkpointSeconds: 0.05 }
const job =
  verb === 'start'
    ? await startRun(workspace, JSON.parse(subject) as ExperimentDocument, listener, options)
    : await continueRun(workspace, subject, Number(epochs), listener, options)
console.log(`run ${job.id}`)
const { state } = await job.finished
workspace.close()
process.exitCode = state === 'done' ? 0 : 1
