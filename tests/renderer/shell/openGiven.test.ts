import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FakeBridge } from '../../../src-renderer/bridge/fake.ts'
import { onFileToOpen } from '../../../src-renderer/bridge/open.ts'
import { openGiven } from '../../../src-renderer/shell/openGiven.ts'
import { useAddingStore } from '../../../src-renderer/stores/adding.ts'
import { useInspectorStore } from '../../../src-renderer/stores/inspector.ts'
import type { FileToOpen } from '../../../src-shared/fileScreens.ts'
import { openedFile, settled } from '../stores/fileNetwork.fixture.ts'
import { digits, freshPage } from '../stores/page.fixture.ts'

let bridge: FakeBridge
let give: (file: FileToOpen) => void

beforeEach(() => {
  bridge = freshPage({
    'datasets.import': ({ path }) => ({ ...digits, id: 'set', path }),
    'checkpoints.open': ({ path }) => openedFile(path, null),
  })
  window.spikedesk = {
    post: () => undefined,
    onMessage: () => undefined,
    onOpen: (listener) => (give = listener),
  }
  onFileToOpen(openGiven)
})
afterEach(() => {
  delete window.spikedesk
  window.location.hash = ''
})

describe('a file that the host was given', () => {
  it('is added as a dataset on the Data screen, as if it had been typed there', async () => {
    useAddingStore().set('problems', 'leaveOut')
    give({ screen: 'data', path: '/data/set' })
    expect(window.location.hash).toBe('#/data')
    await settled()
    expect(bridge.requests.find(({ name }) => name === 'datasets.import')?.params).toMatchObject({
      path: '/data/set',
      settings: { problems: 'leaveOut' },
    })
    expect(useAddingStore().added).toBe('set')
  })

  it('is looked into on the Inspect screen, and read anew where it is open', async () => {
    const inspector = useInspectorStore()
    give({ screen: 'inspector', path: '/a/b c.pth' })
    expect(window.location.hash).toBe('#/inspector?path=%2Fa%2Fb+c.pth')
    await inspector.open('/a/b c.pth')
    give({ screen: 'inspector', path: '/a/b c.pth' })
    await settled()
    expect(bridge.requests.filter(({ name }) => name === 'checkpoints.open')).toHaveLength(2)
  })
})
