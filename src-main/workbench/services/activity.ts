import type { Handlers, WorkbenchContext } from '../context.ts'

/** Every spike and membrane of a network on one sample. */
export function activityService({ compute }: WorkbenchContext): Handlers<'activity.trace'> {
  return { 'activity.trace': (params) => compute.call('activity.trace', params) }
}
