import { availableParallelism } from 'node:os'
import type { Handlers, WorkbenchContext } from '../context.ts'

/** Facts about this program and this machine. */
export function appService({ host, version, workspace, compute }: WorkbenchContext): Handlers<'app.info'> {
  return {
    'app.info': async () => ({
      version,
      host,
      workspace: workspace.folder,
      cores: availableParallelism(),
      engines: await compute.call('engines.list', {}),
    }),
  }
}
