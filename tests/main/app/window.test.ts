import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as fake from './fakeElectron.ts'
import { MainWindow } from '../../../src-main/app/mainWindow.ts'
import { openingBounds } from '../../../src-main/app/windowBounds.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))

const display = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: -200, width: 1280, height: 1024 }
const state = { x: 100, y: 80, width: 1200, height: 800, maximized: false }

describe('opening bounds', () => {
  it('are those of the last time where a display still holds them', () => {
    expect(openingBounds(state, [display])).toEqual({ x: 100, y: 80, width: 1200, height: 800 })
    const beyond = { ...state, x: 1950, y: -190 }
    expect(openingBounds(beyond, [display, second])).toMatchObject({ x: 1950, y: -190 })
    expect(openingBounds(beyond, [display])).toEqual({ width: 1360, height: 860 })
  })

  it('are the usual ones for a window half off the screen, on no screen, or never seen', () => {
    for (const other of [{ ...state, x: 900 }, { ...state, y: -300 }, { ...state, x: 90_000 }, null])
      expect(openingBounds(other, [display])).toEqual({ width: 1360, height: 860 })
    expect(openingBounds(state, [])).toEqual({ width: 1360, height: 860 })
  })

  it('are never too small to work in', () => {
    expect(openingBounds({ ...state, width: 20, height: 20 }, [display])).toMatchObject({
      width: 960,
      height: 640,
    })
  })
})

describe('the main window', () => {
  let folder = ''
  let window: MainWindow
  beforeEach(async () => {
    fake.reset()
    folder = mkdtempSync(join(tmpdir(), 'spikedesk-window-'))
    await fake.app.becomeReady()
    window = new MainWindow('/preload.cjs', folder)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    rmSync(folder, { recursive: true, force: true })
  })
  const opened = (): fake.BrowserWindow => fake.BrowserWindow.getAllWindows()[0]

  it('shows itself when the page has drawn, not before', () => {
    window.show()
    expect(opened().options).toMatchObject({ show: false, title: 'Spikedesk', backgroundColor: '#f2f3f6' })
    expect(opened().visible).toBe(false)
    opened().finishLoading()
    expect(opened().visible).toBe(true)
  })

  it('is one window: a second show brings it to the front', () => {
    window.show()
    opened().minimized = true
    window.show()
    expect(fake.BrowserWindow.getAllWindows()).toHaveLength(1)
    expect(opened()).toMatchObject({ minimized: false, focused: true })
  })

  it('opens again where it was closed', () => {
    window.show()
    opened().bounds = { x: 40, y: 50, width: 1000, height: 700 }
    opened().maximized = true
    opened().close()
    expect(window.current).toBeNull()
    expect(readdirSync(folder)).toEqual(['window.json'])
    window.show()
    expect(opened().options).toMatchObject({ x: 40, y: 50, width: 1000, height: 700 })
    expect(opened().maximized).toBe(true)
  })

  it.each(['', '{"x":1}', '{"x":0,"y":0,"width":-5,"height":2,"maximized":false}', 'null'])(
    'does not mind a damaged file: %s',
    (text) => {
      writeFileSync(join(folder, 'window.json'), text)
      window.show()
      expect(opened().options).toMatchObject({ width: 1360, height: 860 })
    },
  )

  it('does not mind a folder that cannot be written', () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    writeFileSync(join(folder, 'blocked'), '')
    const other = new MainWindow('/preload.cjs', join(folder, 'blocked'))
    other.show()
    opened().close()
    expect(said).toHaveBeenCalledOnce()
    expect(readFileSync(join(folder, 'blocked'), 'utf8')).toBe('')
  })

  it('stays open where somebody objects, and says so to all who listen', () => {
    window.onClosing((event) => event.preventDefault())
    window.show()
    opened().close()
    expect(window.current).toBe(opened())
    opened().destroy()
    expect(window.current).toBeNull()
    expect(existsSync(join(folder, 'window.json'))).toBe(true)
  })

  it('holds a command of the menu back until the page is there', () => {
    window.command('go.runs')
    expect(opened().webContents.sent).toEqual([])
    opened().finishLoading()
    window.command('edit.undo')
    expect(opened().webContents.sent).toEqual([
      { name: 'spikedesk:command', message: 'go.runs' },
      { name: 'spikedesk:command', message: 'edit.undo' },
    ])
  })

  it('loads a page that died anew, but not over and over', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    window.show()
    const { webContents } = opened()
    webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(webContents.reloads).toBe(0)
    webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(webContents.reloads).toBe(1)
  })
})
