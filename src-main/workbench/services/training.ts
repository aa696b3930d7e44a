import type { RunSummary } from '../../../src-shared/contract.ts'
import type { Handlers, WorkbenchContext } from '../context.ts'

type Names = 'training.start' | 'training.continue' | 'training.pause' | 'training.resume' | 'training.stop'

/** Starts and steers the one run that is being trained. */
export function trainingService({ active, compute, workspace }: WorkbenchContext): Handlers<Names> {
  async function begin(name: string, start: () => Promise<RunSummary>): Promise<RunSummary> {
    active.claim(name)
    try {
      const summary = await start()
      active.began(summary)
      return summary
    } catch (error) {
      active.release()
      throw error
    }
  }
  return {
    'training.start': (params) => begin(params.experiment.name, () => compute.call('training.start', params)),
    'training.continue': (params) =>
      begin(workspace.store.summary(params.run).name, () => compute.call('training.continue', params)),
    'training.pause': (params) => {
      active.require(params.run, 'pause')
      return compute.call('training.pause', params)
    },
    'training.resume': (params) => {
      active.require(params.run, 'resume')
      return compute.call('training.resume', params)
    },
    'training.stop': (params) => {
      active.require(params.run, 'stop')
      return compute.call('training.stop', params)
    },
  }
}
