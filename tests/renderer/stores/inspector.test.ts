import { beforeEach, describe, expect, it } from 'vitest'
import type { OpenedCheckpoint } from '../../../src-shared/checkpointContract.ts'
import type { FakeBridge } from '../../../src-renderer/bridge/fake.ts'
import type { Given } from '../../../src-renderer/bridge/givenFiles.ts'
import { useDatasetJobsStore } from '../../../src-renderer/stores/datasetJobs.ts'
import { useInspectorStore } from '../../../src-renderer/stores/inspector.ts'
import { freshPage } from './page.fixture.ts'

const part = 512 << 10

function given(size: number, ...more: string[]): () => Promise<Given> {
  const file = (name: string, path: string) => ({ path, file: new File([new Uint8Array(size)], name) })
  const files = [file('net.pth', ''), ...more.map((name) => file(name, name))]
  return async () => ({ kind: 'files', name: 'net.pth', files })
}

const opened = (path: string): OpenedCheckpoint => ({
  ...{ path, name: 'net.pth', format: 'torch', bytes: 10, rows: [], cut: false, notes: [] },
  ...{ graph: null, network: null, problem: null },
})

describe('a checkpoint that a page hands over', () => {
  let bridge: FakeBridge
  let sent: number
  let hear: () => void

  beforeEach(() => {
    sent = 0
    hear = () => undefined
    bridge = freshPage({
      'datasets.uploadBegin': () => null,
      'datasets.uploadParts': () => {
        sent++
        hear()
        return null
      },
      'datasets.uploadEnd': () => ({ path: '/workspace/uploads/1/net.pth' }),
      'datasets.uploadDiscard': () => null,
      'checkpoints.open': ({ path }) => opened(path),
    })
  })

  it('shows how far it is, and is where the workbench put it', async () => {
    const inspector = useInspectorStore()
    const seen: (string | undefined)[] = []
    hear = () => seen.push(inspector.receiving?.name)
    expect(await inspector.receive(given(2 * part))).toBe('/workspace/uploads/1/net.pth')
    expect(seen).toEqual(['net.pth', 'net.pth'])
    expect([inspector.receiving, inspector.loading, inspector.error]).toEqual([null, false, null])
  })

  it('is not among the recent ones, for its copy is gone at the next start', async () => {
    const place = '/workspace/uploads/1/net.pth'
    const inspector = useInspectorStore()
    expect(await inspector.receive(given(part))).toBe(place)
    expect([await inspector.open(place), await inspector.open('/a/net.pth')]).toEqual([true, true])
    expect(inspector.recent).toEqual(['/a/net.pth'])
  })

  it('can be cancelled; nothing stays of it, and nothing is said', async () => {
    const inspector = useInspectorStore()
    const jobs = useDatasetJobsStore()
    hear = () => inspector.receiving && void jobs.cancel(inspector.receiving.id)
    expect(await inspector.receive(given(8 * part))).toBeNull()
    expect(sent).toBe(1)
    expect(bridge.requests.at(-1)?.name).toBe('datasets.uploadDiscard')
    expect([inspector.receiving, inspector.loading, inspector.error]).toEqual([null, false, null])
  })

  it('is one file', async () => {
    const inspector = useInspectorStore()
    expect(await inspector.receive(given(1, 'b.pth'))).toBeNull()
    expect(inspector.error).toMatchObject({ code: 'drop.notOne', data: { name: 'net.pth', count: 2 } })
    expect(bridge.requests.map(({ name }) => name)).not.toContain('datasets.uploadBegin')
  })

  it('is not copied where the host says where it lies', async () => {
    const inspector = useInspectorStore()
    expect(await inspector.receive(async () => ({ kind: 'path', path: '/a/net.pth' }))).toBe('/a/net.pth')
    expect(sent).toBe(0)
  })
})

describe('the file that is looked into', () => {
  it('is the last that was wanted, whatever comes when, and is remembered', async () => {
    const ends = new Map<string, () => void>()
    freshPage({
      'checkpoints.open': ({ path }) => new Promise((resolve) => ends.set(path, () => resolve(opened(path)))),
    })
    const inspector = useInspectorStore()
    const [first, second] = [inspector.open('/a'), inspector.open('/b')]
    ends.get('/b')?.()
    expect(await second).toBe(true)
    ends.get('/a')?.()
    expect(await first).toBe(false)
    expect([inspector.file?.path, inspector.recent]).toEqual(['/b', ['/b']])
    inspector.forget('/b')
    inspector.close()
    expect([inspector.file, inspector.path, inspector.recent]).toEqual([null, '', []])
  })
})
