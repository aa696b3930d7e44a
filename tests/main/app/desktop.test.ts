import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as FakeElectron from './fakeElectron.ts'
import type { ClientMessage, ServerMessage } from '../../../src-shared/contract.ts'
import { channelNames } from '../../../src-main/app/channelNames.ts'
import { wholeSet, writeFolder } from '../../corpus/idxFiles.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))

/**
 * The whole desktop program, from its entry to a compute process, with only Electron itself replaced: behind its
 * utility processes stand child processes that run the real `compute.ts`.
 */

const computeEntry = fileURLToPath(new URL('../../../src-main/compute.ts', import.meta.url))
let fake: typeof FakeElectron
let scratch = ''
let lastId = 0

beforeEach(async () => {
  fake = (await import('electron')) as unknown as typeof FakeElectron
  fake.reset()
  // The entry acts when it is imported, so every test imports it anew.
  vi.resetModules()
  scratch = mkdtempSync(join(tmpdir(), 'spikedesk-desktop-'))
  fake.app.appPath = join(scratch, 'program')
  fake.app.paths = { userData: join(scratch, 'user') }
  fake.record.computeEntry = computeEntry
  writeFolder(scratch, 'program/out/renderer', { 'index.html': '<!doctype html>' })
  vi.stubEnv('SPIKEDESK_WORKSPACE', join(scratch, 'workspace'))
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['electron', fake.app.appPath])
})
afterEach(async () => {
  fake.app.quit()
  await vi.waitFor(() => expect(fake.app.exitCode).not.toBeNull(), 25_000)
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(scratch, { recursive: true, force: true })
})

async function start(): Promise<void> {
  await import('../../../src-main/index.ts')
  await fake.app.becomeReady()
}

function page(): FakeElectron.FakeWebContents {
  return fake.BrowserWindow.getAllWindows()[0].webContents
}

/** Asks as the page does, over the preload's channel. */
function ask(name: string, params: unknown): Promise<ServerMessage> {
  const id = ++lastId
  const message: ClientMessage = { type: 'request', id, name, params }
  return new Promise((resolve) => {
    const contents = page()
    const hear = (_name: string, answer: ServerMessage): void => {
      if (answer.type === 'event' || answer.id !== id) return
      contents.off('fake-sent', hear)
      resolve(answer)
    }
    contents.on('fake-sent', hear)
    fake.sendFromPage(contents, channelNames.message, message)
  })
}

describe('the desktop program', () => {
  it('answers its page, from the workbench and from a utility process', async () => {
    await start()
    fake.sendFromPage(page(), channelNames.connect)
    expect(await ask('app.info', {})).toMatchObject({
      type: 'response',
      result: { host: 'electron', version: '0.1.0' },
    })
    const samples = await ask('datasets.samples', {
      id: 'digits',
      split: 'test',
      offset: 0,
      count: 8,
      label: 3,
    })
    expect(samples).toMatchObject({
      type: 'response',
      result: { total: 206, labels: new Uint8Array(8).fill(3) },
    })
    expect(
      await ask('datasets.samples', { id: 'digits', split: 'test', offset: -1, count: 8, label: 3 }),
    ).toMatchObject({
      type: 'failure',
      error: { code: 'message.invalid' },
    })
    expect(fake.record.utilities.map(({ options }) => options.serviceName)).toContain('Spikedesk data')
    for (const { modulePath, args } of fake.record.utilities) {
      expect(modulePath).toBe(join(fake.app.appPath, 'out/main/compute.js'))
      expect(args).toEqual([join(scratch, 'workspace')])
    }
    expect(fake.record.menu.length).toBeGreaterThan(5)
    expect(fake.app.paths.sessionData).toBe(join(scratch, 'user', 'session'))
  })

  it('hands the page the files that it was opened with, and remembers what became a dataset', async () => {
    await start()
    fake.sendFromPage(page(), channelNames.connect)
    const good = writeFolder(scratch, 'pictures', wholeSet())
    const bad = writeFolder(scratch, 'letters', { 'a.txt': 'x' })
    const network = join(scratch, 'net.pth')
    fake.BrowserWindow.getAllWindows()[0].finishLoading()
    for (const path of [good, bad, network]) fake.prevented(fake.app, 'open-file', path)
    const handed = () => page().sent.filter(({ name }) => name === channelNames.open)
    await vi.waitFor(() => expect(handed()).toHaveLength(3))
    expect(handed().map(({ message }) => message)).toEqual([
      { screen: 'data', path: good },
      { screen: 'data', path: bad },
      { screen: 'inspector', path: network },
    ])
    expect(await ask('datasets.import', { job: 'a', path: bad, settings: {} })).toMatchObject({
      type: 'failure',
      error: { data: { path: bad } },
    })
    const added = await ask('datasets.import', { job: 'b', path: good, settings: {} })
    expect(added).toMatchObject({ type: 'response', result: { id: 'pictures' } })
    await vi.waitFor(() => expect(fake.app.recent).toEqual([network, good]))
  })

  it('saves what the page made whole where the user says, and nowhere else', async () => {
    fake.app.paths.documents = scratch
    await start()
    fake.sendFromPage(page(), channelNames.connect)
    const bytes = new Uint8Array([1, 2, 3])
    const path = join(scratch, 'chart.png')
    expect(await ask('saving.choose', { name: 'chart.png' })).toMatchObject({
      type: 'response',
      result: null,
    })
    fake.record.saveTo = path
    expect(await ask('saving.choose', { name: 'chart.png' })).toMatchObject({ result: { path } })
    const stray = join(scratch, 'stray.png')
    expect(await ask('saving.write', { path: stray, bytes })).toMatchObject({
      error: { code: 'saving.notChosen', data: { path: stray } },
    })
    expect(await ask('saving.write', { path, bytes })).toMatchObject({ type: 'response', result: null })
    expect([...readFileSync(path)]).toEqual([1, 2, 3])
    expect(await ask('saving.write', { path, bytes })).toMatchObject({ error: { code: 'saving.notChosen' } })
    expect([existsSync(stray), existsSync(`${path}.part`)]).toEqual([false, false])
  })

  it('says in one sentence that its workspace cannot be had, and ends', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    mkdirSync(join(scratch, 'taken'))
    writeFileSync(join(scratch, 'taken', 'file'), '')
    vi.stubEnv('SPIKEDESK_WORKSPACE', join(scratch, 'taken', 'file'))
    await start()
    expect(fake.app.exitCode).toBe(1)
    expect(fake.BrowserWindow.getAllWindows()).toEqual([])
    expect(fake.record.errorBoxes).toHaveLength(1)
    expect(fake.record.errorBoxes[0]).toMatch(/^The workspace .*taken\/file cannot be written: .*\.$/)
    expect(said.mock.calls).toEqual([[fake.record.errorBoxes[0]]])
  })
})
