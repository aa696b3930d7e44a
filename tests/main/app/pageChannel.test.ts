import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as fake from './fakeElectron.ts'
import type { Channel, ServerMessage } from '../../../src-shared/contract.ts'
import { channelNames } from '../../../src-main/app/channelNames.ts'
import { setupPageChannel } from '../../../src-main/app/pageChannel.ts'
import { pageAddress } from '../../../src-main/app/pageProtocol.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))

interface Seen {
  channel: Channel<unknown, ServerMessage>
  messages: unknown[]
  closed: number
}

let page: fake.BrowserWindow
let seen: Seen[] = []

beforeEach(async () => {
  fake.reset()
  seen = []
  await fake.app.becomeReady()
  page = new fake.BrowserWindow({ webPreferences: {} })
  await page.loadURL(pageAddress)
  setupPageChannel(
    (channel) => {
      const one: Seen = { channel, messages: [], closed: 0 }
      channel.onMessage((message) => one.messages.push(message))
      channel.onClose(() => one.closed++)
      seen.push(one)
    },
    (contents) => contents === (page.webContents as unknown),
  )
})

const event: ServerMessage = { type: 'response', id: 1, result: { losses: Float32Array.of(1, 2) } }

describe('the channel of a page', () => {
  it('carries messages both ways, typed arrays as they are', () => {
    fake.sendFromPage(page.webContents, channelNames.connect)
    fake.sendFromPage(page.webContents, channelNames.message, { id: 1, values: Uint8Array.of(7) })
    expect(seen[0].messages).toEqual([{ id: 1, values: Uint8Array.of(7) }])
    seen[0].channel.post(event)
    expect(page.webContents.sent).toEqual([{ name: channelNames.message, message: event }])
  })

  it('drops what comes before a page has connected', () => {
    fake.sendFromPage(page.webContents, channelNames.message, 'early')
    fake.sendFromPage(page.webContents, channelNames.connect)
    expect(seen[0].messages).toEqual([])
  })

  it('is a new one for a page that is loaded anew', () => {
    fake.sendFromPage(page.webContents, channelNames.connect)
    fake.sendFromPage(page.webContents, channelNames.connect)
    expect(seen.map(({ closed }) => closed)).toEqual([1, 0])
    fake.sendFromPage(page.webContents, channelNames.message, 'now')
    expect(seen.map(({ messages }) => messages)).toEqual([[], ['now']])
    seen[0].channel.post(event)
    expect(page.webContents.sent).toEqual([])
  })

  it.each(['destroyed', 'render-process-gone'])('closes once when its page is %s', (name) => {
    fake.sendFromPage(page.webContents, channelNames.connect)
    fake.sendFromPage(page.webContents, channelNames.connect)
    page.webContents.emit(name)
    page.webContents.emit(name)
    expect(seen.map(({ closed }) => closed)).toEqual([1, 1])
    expect(() => seen[1].channel.post(event)).not.toThrow()
  })

  it('posts into nothing, not into an error, once the window is gone', () => {
    fake.sendFromPage(page.webContents, channelNames.connect)
    page.webContents.destroyed = true
    expect(() => seen[0].channel.post(event)).not.toThrow()
  })
})
