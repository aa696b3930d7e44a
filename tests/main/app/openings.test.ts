import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClientMessage, DatasetCard, ServerMessage } from '../../../src-shared/contract.ts'
import type { Channel } from '../../../src-shared/contract.ts'
import type { FileToOpen } from '../../../src-shared/fileScreens.ts'
import { MainWindow } from '../../../src-main/app/mainWindow.ts'
import { Openings } from '../../../src-main/app/openings.ts'
import { Recents } from '../../../src-main/app/recents.ts'
import { SaveDialog } from '../../../src-main/app/saveDialog.ts'
import { ShellClient } from '../../../src-main/app/shellClient.ts'
import * as fake from './fakeElectron.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))

let recents: Recents
let openings: Openings
let window: MainWindow
let cards: Pick<DatasetCard, 'path'>[]
let seat: Channel<unknown, ServerMessage>

beforeEach(async () => {
  fake.reset()
  await fake.app.becomeReady()
  const folder = mkdtempSync(join(tmpdir(), 'spikedesk-openings-'))
  cards = []
  const client = new ShellClient({
    connect(channel) {
      seat = channel
      channel.onMessage((message) => {
        const { id } = message as ClientMessage
        channel.post({ type: 'response', id, result: cards })
      })
    },
  })
  window = new MainWindow('/preload.cjs', folder)
  recents = new Recents(folder)
  openings = new Openings(client, window, recents)
})

/** What the page was handed. */
function handed(): unknown[] {
  const [{ webContents }] = fake.BrowserWindow.getAllWindows()
  return webContents.sent.filter(({ name }) => name === 'spikedesk:open').map(({ message }) => message)
}

function loaded(): void {
  window.show()
  fake.BrowserWindow.getAllWindows()[0].finishLoading()
}

describe('what is opened from outside', () => {
  it('waits for the page, then goes to the screen for it', async () => {
    await openings.open('/a/net.pth')
    expect(handed()).toEqual([])
    loaded()
    await openings.open('/a/mnist')
    expect(handed()).toEqual([
      { screen: 'inspector', path: '/a/net.pth' },
      { screen: 'data', path: '/a/mnist' },
    ])
  })

  it('comes from the system by double click, second start and arguments alike', async () => {
    const { OpenFiles, setupOpenFiles } = await import('../../../src-main/app/openFiles.ts')
    const { setupSingleInstance } = await import('../../../src-main/app/singleInstance.ts')
    const files = new OpenFiles()
    setupOpenFiles(files)
    setupSingleInstance(files, () => window.show())
    files.serve((path) => void openings.open(path))
    loaded()
    fake.prevented(fake.app, 'open-file', '/a/graph.nir')
    fake.app.emit('second-instance', {}, ['/opt/spikedesk/electron', 'w.safetensors', 'x.npz'], '/data')
    // The words of the test runner come first.
    const given = () => handed().filter((file) => (file as FileToOpen).screen === 'inspector')
    await vi.waitFor(() => expect(given()).toHaveLength(3))
    expect(given()).toEqual(
      expect.arrayContaining(
        ['/a/graph.nir', '/data/w.safetensors', '/data/x.npz'].map((path) => ({ screen: 'inspector', path })),
      ),
    )
  })

  it('keeps an archive with the datasets where it is one, and where it was chosen as one', async () => {
    loaded()
    cards = [{ path: '/a/known.npz' }]
    await openings.open('/a/known.npz')
    await openings.open('/a/other.npz')
    fake.record.chosen = ['/a/other.npz']
    await openings.choose('openFile', 'data')
    expect(handed()).toEqual([
      { screen: 'data', path: '/a/known.npz' },
      { screen: 'inspector', path: '/a/other.npz' },
      { screen: 'data', path: '/a/other.npz' },
    ])
  })

  it('is recent at once, but a dataset only once it is one', async () => {
    loaded()
    await openings.open('/a/net.pth')
    await openings.open('/a/set')
    expect(recents.paths).toEqual(['/a/net.pth'])
    const changed = (path: string) => ({
      type: 'event',
      name: 'datasets.changed',
      data: { cards: [{ path }] },
    })
    seat.post(changed('/a/elsewhere') as ServerMessage)
    expect(recents.paths).toEqual(['/a/net.pth'])
    seat.post(changed(resolve('/a/set')) as ServerMessage)
    await vi.waitFor(() => expect(recents.paths).toEqual(['/a/set', '/a/net.pth']))
  })

  it('is nothing where the dialogue is closed', async () => {
    loaded()
    await openings.choose('openDirectory', 'data')
    expect(handed()).toEqual([])
  })
})

describe('saving', () => {
  it('asks in the documents first, then where the last file went', async () => {
    fake.app.paths.documents = '/home/ada/Documents'
    const dialog = new SaveDialog(window)
    expect(await dialog.choose('chart.png')).toBeNull()
    fake.record.saveTo = '/data/out/chart.png'
    expect(await dialog.choose('chart.png')).toBe('/data/out/chart.png')
    await dialog.choose('more.csv')
    expect(fake.record.saveDialogs).toEqual([
      { defaultPath: '/home/ada/Documents/chart.png' },
      { defaultPath: '/home/ada/Documents/chart.png' },
      { defaultPath: '/data/out/more.csv' },
    ])
  })
})
