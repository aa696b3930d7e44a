import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { Handlers, WorkbenchContext } from '../context.ts'

type Names = 'saving.choose' | 'saving.write'

/** Files that the page made and the user wants somewhere; only a host with a dialogue of its own has them. */
export function savingService({ chooseTarget, compute }: WorkbenchContext): Handlers<Names> {
  const chosen = new Set<string>()
  return {
    'saving.choose': async ({ name }) => {
      if (!chooseTarget) throw new SpikedeskError('saving.noDialogue')
      const path = await chooseTarget(name)
      if (path === null) return null
      chosen.add(path)
      return { path }
    },
    'saving.write': (params) => {
      if (!chosen.delete(params.path)) throw new SpikedeskError('saving.notChosen', { path: params.path })
      return compute.call('saving.write', params)
    },
  }
}
