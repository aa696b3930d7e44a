import type { Handlers, WorkbenchContext } from '../context.ts'
import type { RequestName } from '../../../src-shared/contract.ts'

type Names = Extract<RequestName, `contents.${string}`>

/** What is in a checkpoint file, value by value; the data process reads it. */
export function contentsService({ compute }: WorkbenchContext): Handlers<Names> {
  return {
    'contents.tensor': (params) => compute.call('contents.tensor', params),
    'contents.histogram': (params) => compute.call('contents.histogram', params),
    'contents.values': (params) => compute.call('contents.values', params),
    'contents.heatMap': (params) => compute.call('contents.heatMap', params),
    'contents.pictures': (params) => compute.call('contents.pictures', params),
    'contents.text': (params) => compute.call('contents.text', params),
    'contents.numbers': (params) => compute.call('contents.numbers', params),
    'contents.training': (params) => compute.call('contents.training', params),
    'contents.export': (params) => compute.call('contents.export', params),
    'contents.filePart': (params) => compute.call('contents.filePart', params),
  }
}
