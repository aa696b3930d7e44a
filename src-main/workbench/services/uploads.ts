import type { Handlers, WorkbenchContext } from '../context.ts'

type Names = 'datasets.uploadBegin' | 'datasets.uploadParts' | 'datasets.uploadEnd' | 'datasets.uploadDiscard'

/** Files that a page hands over; the data process writes them into the workspace. */
export function uploadService({ compute }: WorkbenchContext): Handlers<Names> {
  return {
    'datasets.uploadBegin': (params) => compute.call('datasets.uploadBegin', params),
    'datasets.uploadParts': (params) => compute.call('datasets.uploadParts', params),
    'datasets.uploadEnd': (params) => compute.call('datasets.uploadEnd', params),
    'datasets.uploadDiscard': (params) => compute.call('datasets.uploadDiscard', params),
  }
}
