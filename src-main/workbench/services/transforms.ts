import type { Handlers, WorkbenchContext } from '../context.ts'

/** What transforms make of a sample; the data process does them. */
export function transformService({ compute }: WorkbenchContext): Handlers<'transforms.preview'> {
  return { 'transforms.preview': (params) => compute.call('transforms.preview', params) }
}
