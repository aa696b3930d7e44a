import { toErrorMessage } from '../src-shared/errors/index.ts'
import { Workspace } from './runs/workspace.ts'
import { parentChannel } from './workbench/channels/parent.ts'
import { closeRequest, type ComputeJobs } from './workbench/computeContract.ts'
import { checkpointJobs } from './workbench/jobs/checkpoints.ts'
import { contentsJobs } from './workbench/jobs/contents.ts'
import { datasetJobs } from './workbench/jobs/datasets.ts'
import { importJobs } from './workbench/jobs/imports.ts'
import { evaluationJobs } from './workbench/jobs/evaluations.ts'
import { encodingJobs } from './workbench/jobs/encoding.ts'
import { modelJobs } from './workbench/jobs/model.ts'
import { OpenFiles } from './workbench/jobs/openFiles.ts'
import { runJobs } from './workbench/jobs/runs.ts'
import { savingJobs } from './workbench/jobs/saving.ts'
import { targetJobs } from './workbench/jobs/targets.ts'
import { transformJobs } from './workbench/jobs/transforms.ts'
import { uploadJobs } from './workbench/jobs/uploads.ts'
import { TrainingJobs, type Emit } from './workbench/jobs/training.ts'

/**
 * Entry of a compute process. Its one argument is the workspace folder, whose lock the parent holds. It answers
 * the requests of `workbench/computeContract.ts`, and ends with its parent.
 */
const channel = parentChannel()
const folder = process.argv.at(2)
if (!channel || !folder) {
  console.error('This is started by the workbench; run "spikedesk serve" or "npm start".')
  process.exit(2)
}

process.on('uncaughtException', (error) => {
  console.error(error.message)
  process.exit(70)
})
// The parent decides when training stops; without it, nobody holds the workspace.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
channel.onClose(() => process.exit(1))

const workspace = Workspace.open(folder, { lock: false })
const emit: Emit = (name, data) => channel.post({ type: 'event', name, data })
const training = new TrainingJobs(workspace, emit)
const files = new OpenFiles()
const jobs: ComputeJobs = {
  ...datasetJobs(workspace),
  ...importJobs(workspace, emit),
  ...uploadJobs(workspace),
  ...encodingJobs(workspace),
  ...targetJobs(workspace),
  ...transformJobs(workspace),
  ...modelJobs(workspace),
  ...training.jobs,
  ...runJobs(workspace),
  ...checkpointJobs(workspace, files),
  ...contentsJobs(files),
  ...savingJobs(),
  ...evaluationJobs(workspace, emit),
}

async function perform(name: string, params: unknown): Promise<unknown> {
  if (name === closeRequest) {
    await training.close()
    workspace.close()
    return null
  }
  return (jobs as Record<string, (params: unknown) => unknown>)[name](params)
}

channel.onMessage(({ id, name, params }) => {
  perform(name, params).then(
    (result) => channel.post({ type: 'response', id, result }),
    (thrown: unknown) => channel.post({ type: 'failure', id, error: toErrorMessage(thrown) }),
  )
})
