import { beforeEach, describe, expect, it } from 'vitest'
import type { RequestParams } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { UploadPart } from '../../../src-shared/uploadContract.ts'
import type { FakeBridge } from '../../../src-renderer/bridge/fake.ts'
import { useAddingStore } from '../../../src-renderer/stores/adding.ts'
import { useDatasetJobsStore } from '../../../src-renderer/stores/datasetJobs.ts'
import { digits, freshPage } from './page.fixture.ts'

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))
const report = {
  path: '/data/set',
  samples: 1,
  totalSamples: 4,
  bytes: 10,
  totalBytes: 40,
  bytesPerSecond: 5,
}

describe('adding a dataset', () => {
  let bridge: FakeBridge
  let answer: (wish: RequestParams<'datasets.import'>) => Promise<typeof digits>
  let parts: UploadPart[]

  beforeEach(() => {
    parts = []
    answer = async ({ path }) => ({ ...digits, id: 'set', name: 'set', path, bundled: false })
    bridge = freshPage({
      'datasets.import': (wish) => answer(wish),
      'datasets.cancel': () => null,
      'datasets.uploadBegin': () => null,
      'datasets.uploadParts': (wish) => {
        parts.push(...wish.parts)
        return null
      },
      'datasets.uploadEnd': () => ({ path: '/workspace/uploads/1/set' }),
      'datasets.uploadDiscard': () => null,
    })
  })

  const asked = (name: string): unknown[] =>
    bridge.requests.filter((request) => request.name === name).map(({ params }) => params)

  it('lists the import with its progress until it ends, and knows what was added', async () => {
    const adding = useAddingStore()
    const jobs = useDatasetJobsStore()
    let end = (): void => undefined
    answer = () => new Promise((resolve) => (end = () => resolve({ ...digits, id: 'set' })))
    const done = adding.add({ kind: 'path', path: '/data/set' })
    expect(jobs.jobs).toMatchObject([{ kind: 'import', name: 'set', progress: null }])
    const [{ id }] = jobs.jobs
    bridge.emit('datasets.progress', { job: id, progress: { ...report, etaSeconds: 6 } })
    expect(jobs.jobs[0].progress).toMatchObject({ samples: 1, etaSeconds: 6 })
    await jobs.cancel(id)
    expect(asked('datasets.cancel')).toEqual([{ job: id }])
    expect(jobs.jobs[0].cancelling).toBe(true)
    end()
    expect((await done)?.id).toBe('set')
    expect([adding.added, jobs.jobs, adding.failure]).toEqual(['set', [], null])
  })

  it('keeps what is wrong, but says nothing of a cancelled one', async () => {
    const adding = useAddingStore()
    answer = async ({ path }) => {
      throw new SpikedeskError('dataset.notFound', { path })
    }
    expect(await adding.add({ kind: 'path', path: '/none' })).toBeNull()
    expect(adding.failure).toMatchObject({ code: 'dataset.notFound' })
    answer = async ({ path }) => {
      throw new SpikedeskError('dataset.cancelled', { path })
    }
    await adding.add({ kind: 'path', path: '/none' })
    expect(adding.failure).toBeNull()
  })

  it('asks what to do about damaged samples, and imports again as told', async () => {
    const adding = useAddingStore()
    answer = async ({ job, path, settings }) => {
      if (settings.problems === 'leaveOut') return { ...digits, id: 'set', path }
      const finding = {
        kind: 'unreadable',
        done: 'leftOut',
        samples: 1,
        events: 0,
        names: ['a.bin'],
      } as const
      bridge.emit('datasets.refused', {
        job,
        refused: { path, samples: 4, findings: [{ ...finding, names: ['a.bin'] }] },
      })
      throw new SpikedeskError('recording.truncated', { file: 'a.bin' })
    }
    adding.set('rule', 'spikingjelly')
    await adding.add({ kind: 'path', path: '/data/set' })
    expect(adding.failure).toBeNull()
    expect(adding.refusal).toMatchObject({ path: '/data/set', refused: { samples: 4 } })
    await adding.addAnyway('leaveOut')
    expect(adding.refusal).toBeNull()
    expect(adding.added).toBe('set')
    expect(asked('datasets.import').at(-1)).toMatchObject({
      settings: { problems: 'leaveOut', rule: 'spikingjelly' },
    })
  })

  it('hands over files in parts that a message can carry, in order', async () => {
    const adding = useAddingStore()
    const large = new File([new Uint8Array((512 << 10) + 7).fill(1)], 'large.bin')
    const files = [
      { path: 'a/empty.bin', file: new File([], 'empty.bin') },
      { path: 'a/large.bin', file: large },
      { path: 'b/small.bin', file: new File(['abc'], 'small.bin') },
    ]
    await adding.add({ kind: 'files', name: 'set', files })
    expect(asked('datasets.uploadBegin')).toMatchObject([{ name: 'set', files: 3, bytes: large.size + 3 }])
    const written = new Map<string, number>()
    for (const { path, offset, bytes } of parts) {
      expect(written.get(path) ?? 0).toBe(offset)
      written.set(path, offset + bytes.length)
    }
    expect([...written]).toEqual([
      ['a/empty.bin', 0],
      ['a/large.bin', large.size],
      ['b/small.bin', 3],
    ])
    expect(asked('datasets.import')).toMatchObject([{ path: '/workspace/uploads/1/set' }])
  })

  it('deletes files that were handed over where they are no dataset', async () => {
    const adding = useAddingStore()
    answer = async ({ path }) => {
      throw new SpikedeskError('dataset.notData', { path })
    }
    await adding.add({ kind: 'files', name: 'x', files: [{ path: '', file: new File(['x'], 'x') }] })
    expect(asked('datasets.uploadDiscard')).toHaveLength(1)
    await adding.add({ kind: 'files', name: 'empty', files: [] })
    expect(adding.failure).toMatchObject({ code: 'drop.empty' })
  })

  it('lists what others import, until it ends', async () => {
    const jobs = useDatasetJobsStore()
    bridge.emit('datasets.progress', { job: 'elsewhere', progress: { ...report, etaSeconds: null } })
    expect(jobs.jobs).toMatchObject([{ id: 'elsewhere', name: 'set' }])
    bridge.emit('datasets.changed', { cards: [digits] })
    await settled()
    expect(jobs.jobs).toEqual([])
  })
})
