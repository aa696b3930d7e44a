import type { Handlers, WorkbenchContext } from '../context.ts'
import type { RequestName } from '../../../src-shared/contract.ts'

type Names = Extract<RequestName, `checkpoints.${string}`>

/** Checkpoint files of any program; the data process reads and runs them. */
export function checkpointService({ compute }: WorkbenchContext): Handlers<Names> {
  return {
    'checkpoints.open': (params) => compute.call('checkpoints.open', params),
    'checkpoints.answer': (params) => compute.call('checkpoints.answer', params),
    'checkpoints.datasets': (params) => compute.call('checkpoints.datasets', params),
    'checkpoints.evaluate': (params) => compute.call('checkpoints.evaluate', params),
    'checkpoints.cancel': (params) => compute.call('checkpoints.cancel', params),
    'checkpoints.trace': (params) => compute.call('checkpoints.trace', params),
    'checkpoints.compare': (params) => compute.call('checkpoints.compare', params),
    'checkpoints.compareTensor': (params) => compute.call('checkpoints.compareTensor', params),
    'checkpoints.exportNotes': (params) => compute.call('checkpoints.exportNotes', params),
    'checkpoints.export': (params) => compute.call('checkpoints.export', params),
  }
}
