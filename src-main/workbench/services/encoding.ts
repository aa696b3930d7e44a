import type { Handlers, WorkbenchContext } from '../context.ts'

/** One sample as the network would get it. */
export function encodingService({ compute }: WorkbenchContext): Handlers<'encoding.preview'> {
  return { 'encoding.preview': (params) => compute.call('encoding.preview', params) }
}
