import type { Handlers, WorkbenchContext } from '../context.ts'

type Names = 'datasets.list' | 'datasets.add' | 'datasets.remove' | 'datasets.samples'

/** Datasets and their samples; the data process reads and decodes them. */
export function datasetService({ compute, broadcast }: WorkbenchContext): Handlers<Names> {
  async function announce(): Promise<void> {
    broadcast('datasets.changed', { cards: await compute.call('datasets.list', {}) })
  }
  return {
    'datasets.list': (params) => compute.call('datasets.list', params),
    'datasets.add': async (params) => {
      const card = await compute.call('datasets.add', params)
      await announce()
      return card
    },
    'datasets.remove': async (params) => {
      await compute.call('datasets.remove', params)
      await announce()
      return null
    },
    'datasets.samples': (params) => compute.call('datasets.samples', params),
  }
}
