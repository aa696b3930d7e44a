import type { EventName, RunSummary, WorkbenchEvents } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { continueRun, startRun, type RunJob, type RunListener } from '../../runs/runJob.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { RunWish } from '../activeRun.ts'
import type { ComputeJobs } from '../computeContract.ts'

export type Emit = <Name extends EventName>(name: Name, data: WorkbenchEvents[Name]) => void

type Names = 'training.start' | 'training.continue' | 'training.pause' | 'training.resume' | 'training.stop'

/** Trains one run at a time and takes wishes for it. */
export class TrainingJobs {
  readonly jobs: Pick<ComputeJobs, Names>
  private readonly workspace: Workspace
  private readonly listener: RunListener
  private current: Promise<RunJob> | null = null

  constructor(workspace: Workspace, emit: Emit) {
    this.workspace = workspace
    this.listener = {
      changed: (summary) => emit('run.changed', summary),
      metrics: (event) => emit('training.metrics', event),
      epoch: (run, record) => emit('training.epoch', { run, record }),
    }
    this.jobs = {
      'training.start': ({ experiment, weights }) =>
        this.begin(() => startRun(workspace, experiment, this.listener, { weights })),
      'training.continue': ({ run, epochs }) =>
        this.begin(() => continueRun(workspace, run, epochs, this.listener)),
      'training.pause': ({ run }) => this.wish(run, 'pause', (job) => job.pause()),
      'training.resume': ({ run }) => this.wish(run, 'resume', (job) => job.resume()),
      'training.stop': ({ run }) => this.wish(run, 'stop', (job) => job.stop()),
    }
  }

  /** Stops what is being trained; resolves when its checkpoint is on disk. */
  async close(): Promise<void> {
    const job = await this.current?.catch(() => null)
    job?.stop()
    await job?.finished
  }

  private async begin(start: () => Promise<RunJob>): Promise<RunSummary> {
    // A run may have told its end a moment before it has let go of its engine.
    const before = await this.current?.catch(() => null)
    await before?.finished
    this.current = start()
    return this.workspace.store.summary((await this.current).id)
  }

  private async wish(run: string, wish: RunWish, tell: (job: RunJob) => void): Promise<null> {
    const job = await this.current?.catch(() => null)
    if (job?.id !== run)
      throw new SpikedeskError('training.notActive', { run, wish: { phrase: `wish.${wish}` } })
    tell(job)
    return null
  }
}
