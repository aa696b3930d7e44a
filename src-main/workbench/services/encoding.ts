import type { Handlers, WorkbenchContext } from '../context.ts'

/** One sample as the network would get it, and what is worth knowing of that. */
export function encodingService({
  compute,
}: WorkbenchContext): Handlers<'encoding.study' | 'encoding.targets'> {
  return {
    'encoding.study': (params) => compute.call('encoding.study', params),
    'encoding.targets': (params) => compute.call('encoding.targets', params),
  }
}
