import type { Handlers, WorkbenchContext } from '../context.ts'

type Names =
  | 'datasets.list'
  | 'datasets.import'
  | 'datasets.makeEvents'
  | 'datasets.verify'
  | 'datasets.cancel'
  | 'datasets.prepare'
  | 'datasets.licence'
  | 'datasets.remove'
  | 'datasets.samples'
  | 'datasets.recording'

/** Datasets and their samples; the data process reads and decodes them. */
export function datasetService({ compute, broadcast }: WorkbenchContext): Handlers<Names> {
  async function announce(): Promise<void> {
    broadcast('datasets.changed', { cards: await compute.call('datasets.list', {}) })
  }
  return {
    'datasets.list': (params) => compute.call('datasets.list', params),
    'datasets.import': async (params) => {
      const card = await compute.call('datasets.import', params)
      await announce()
      return card
    },
    'datasets.makeEvents': async (params) => {
      const card = await compute.call('datasets.makeEvents', params)
      await announce()
      return card
    },
    'datasets.prepare': async (params) => {
      const card = await compute.call('datasets.prepare', params)
      await announce()
      return card
    },
    'datasets.licence': (params) => compute.call('datasets.licence', params),
    'datasets.verify': (params) => compute.call('datasets.verify', params),
    'datasets.cancel': (params) => compute.call('datasets.cancel', params),
    'datasets.remove': async (params) => {
      await compute.call('datasets.remove', params)
      await announce()
      return null
    },
    'datasets.samples': (params) => compute.call('datasets.samples', params),
    'datasets.recording': (params) => compute.call('datasets.recording', params),
  }
}
