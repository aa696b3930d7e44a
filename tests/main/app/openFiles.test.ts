import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as fake from './fakeElectron.ts'
import { OpenFiles, pathArguments, setupOpenFiles } from '../../../src-main/app/openFiles.ts'
import { Recents } from '../../../src-main/app/recents.ts'
import { setupSingleInstance } from '../../../src-main/app/singleInstance.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))
beforeEach(() => fake.reset())

describe('paths among the arguments', () => {
  it('are all but program, switches and the program folder, made absolute', () => {
    const argv = ['/usr/bin/electron', '--enable-logging', '/opt/spikedesk', 'data/mnist', '/data/b.gz', '']
    expect(pathArguments(argv, '/home/ada', '/opt/spikedesk')).toEqual(['/home/ada/data/mnist', '/data/b.gz'])
    expect(pathArguments(['/opt/spikedesk/electron', '.'], '/opt/spikedesk', '/opt/spikedesk')).toEqual([])
  })
})

describe('files to open', () => {
  it('wait in order until something opens them', () => {
    const files = new OpenFiles()
    const opened: string[] = []
    files.add(['/a', '/b'])
    files.serve((path) => opened.push(path))
    files.add(['/c'])
    expect(opened).toEqual(['/a', '/b', '/c'])
  })

  it('come from the system before and after the start', () => {
    const files = new OpenFiles()
    setupOpenFiles(files)
    expect(fake.prevented(fake.app, 'open-file', '/early')).toBe(true)
    const opened: string[] = []
    files.serve((path) => opened.push(path))
    fake.prevented(fake.app, 'open-file', '/late')
    expect(opened.slice(-2)).toEqual(['/early', '/late'])
  })
})

describe('one program at a time', () => {
  it('takes the files of a second start and comes to the front', () => {
    const files = new OpenFiles()
    let shown = 0
    expect(setupSingleInstance(files, () => shown++)).toBe(true)
    fake.app.emit('second-instance', {}, ['/opt/spikedesk/electron', 'mnist'], '/data')
    const opened: string[] = []
    files.serve((path) => opened.push(path))
    expect([shown, opened]).toEqual([1, ['/data/mnist']])
  })

  it('ends a second start with one sentence', () => {
    fake.app.firstInstance = false
    const said = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    expect(setupSingleInstance(new OpenFiles(), () => undefined)).toBe(false)
    expect(said.mock.calls).toEqual([['Spikedesk is already open; its window was brought to the front.']])
    expect(fake.app.exitCode).toBe(0)
    said.mockRestore()
  })
})

describe('recent datasets', () => {
  it('are the last ten, newest first, each once, and outlive the program', () => {
    const folder = mkdtempSync(join(tmpdir(), 'spikedesk-recent-'))
    const recents = new Recents(folder)
    let changes = 0
    recents.onChange(() => changes++)
    for (let i = 0; i < 12; i++) recents.add(`/data/${i}`)
    recents.add('/data/5')
    expect(recents.paths).toHaveLength(10)
    expect(recents.paths.slice(0, 3)).toEqual(['/data/5', '/data/11', '/data/10'])
    expect(new Recents(folder).paths).toEqual(recents.paths)
    expect(changes).toBe(13)
    recents.clear()
    expect([new Recents(folder).paths, fake.app.recent]).toEqual([[], []])
  })
})
