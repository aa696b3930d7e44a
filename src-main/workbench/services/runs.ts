import type { Handlers, WorkbenchContext } from '../context.ts'

type Names = 'runs.list' | 'runs.detail' | 'runs.history' | 'runs.rename'

/** What the workspace database knows of runs. */
export function runService({ workspace, broadcast }: WorkbenchContext): Handlers<Names> {
  const { store } = workspace
  return {
    'runs.list': () => store.list(),
    'runs.detail': ({ run }) => store.detail(run),
    'runs.history': ({ run }) => store.history(run),
    'runs.rename': ({ run, name }) => {
      broadcast('run.changed', store.rename(run, name))
      return null
    },
  }
}
