import { beforeEach, describe, expect, it } from 'vitest'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { setLanguage } from '../../../src-renderer/i18n/index.ts'
import { runDatasetName } from '../../../src-renderer/i18n/tables.ts'
import { useDatasetsStore } from '../../../src-renderer/stores/datasets.ts'
import type { FakeBridge } from '../../../src-renderer/bridge/fake.ts'
import { digits, freshPage } from './page.fixture.ts'

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
const fashion = { ...digits, id: 'fashion', name: 'Fashion-MNIST', bundled: false, path: '/data/fashion' }

describe('the datasets', () => {
  let bridge: FakeBridge

  beforeEach(() => {
    bridge = freshPage({
      'datasets.list': () => [fashion, digits],
      'datasets.import': ({ path }) => {
        if (path !== '/data/more') throw new SpikedeskError('dataset.notFound', { path })
        return { ...fashion, id: 'more', path }
      },
      'datasets.remove': () => null,
    })
  })

  it('lists the bundled one first', async () => {
    const datasets = useDatasetsStore()
    await settled()
    expect(datasets.cards.map(({ id }) => id)).toEqual(['digits', 'fashion'])
  })

  it('calls the bundled digits by their name in the language on screen, and others as their users do', async () => {
    const datasets = useDatasetsStore()
    await settled()
    const run = { dataset: 'digits', datasetName: 'Digits' }
    setLanguage('ko')
    expect(datasets.cards.map(({ name }) => name)).toEqual(['손글씨 숫자', 'Fashion-MNIST'])
    expect(runDatasetName(run)).toBe('손글씨 숫자')
    expect(runDatasetName({ ...run, dataset: 'fashion' })).toBe('Digits')
    setLanguage('zh')
    expect(datasets.cardOf('digits')?.name).toBe('手写数字')
    setLanguage('en')
    expect(datasets.cardOf('digits')?.name).toBe('Digits')
  })

  it('adds by path, and hands on the error of a wrong one', async () => {
    const datasets = useDatasetsStore()
    await settled()
    expect((await datasets.add('/data/more', 'job', {})).id).toBe('more')
    expect(datasets.cardOf('more')?.path).toBe('/data/more')
    await expect(datasets.add('/nowhere', 'job', {})).rejects.toMatchObject({ code: 'dataset.notFound' })
    expect(datasets.cards).toHaveLength(3)
  })

  it('follows changes that others make, and asks again after a lost connection', async () => {
    const datasets = useDatasetsStore()
    await settled()
    bridge.emit('datasets.changed', { cards: [digits] })
    expect(datasets.cards).toHaveLength(1)
    bridge.setStatus('lost')
    bridge.setStatus('open')
    await settled()
    expect(datasets.cards).toHaveLength(2)
  })

  it('takes a dataset off the list', async () => {
    const datasets = useDatasetsStore()
    await settled()
    await datasets.remove('fashion')
    expect(datasets.cardOf('fashion')).toBeUndefined()
    expect(bridge.requests.at(-1)).toEqual({ name: 'datasets.remove', params: { id: 'fashion' } })
  })
})
