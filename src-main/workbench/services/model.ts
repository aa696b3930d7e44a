import type { Handlers, WorkbenchContext } from '../context.ts'

/** What an experiment costs before it runs. */
export function modelService({ compute }: WorkbenchContext): Handlers<'model.cost'> {
  return { 'model.cost': (params) => compute.call('model.cost', params) }
}
