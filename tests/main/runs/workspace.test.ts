import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { migrations } from '../../../src-main/runs/schema.ts'
import { defaultWorkspaceFolder, Workspace } from '../../../src-main/runs/workspace.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { scratchFolder } from './tinyRun.ts'

const folder = scratchFolder()
const open: Workspace[] = []

function openAt(path: string, lock = true): Workspace {
  const workspace = Workspace.open(path, { lock })
  open.push(workspace)
  return workspace
}

function problemOf(path: string, lock = true): string {
  try {
    openAt(path, lock)
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(SpikedeskError)
    return (thrown as SpikedeskError).message
  }
  return 'none'
}

afterEach(() => {
  for (const workspace of open.splice(0)) workspace.close()
})

describe('a workspace', () => {
  it('is made where there is none, and opens again', () => {
    const path = join(folder, 'new', 'deep')
    openAt(path).close()
    open.length = 0
    expect(openAt(path).store.list()).toEqual([])
  })

  it('is locked for a second one, but not for a reader', () => {
    const path = join(folder, 'locked')
    openAt(path)
    expect(problemOf(path)).toBe(
      `The workspace ${path} is in use by another Spikedesk; close it, or choose another folder with --workspace.`,
    )
    expect(openAt(path, false).store.list()).toEqual([])
  })

  it('is free again after close', () => {
    const path = join(folder, 'freed')
    openAt(path).close()
    open.length = 0
    expect(problemOf(path)).toBe('none')
  })

  it('is locked across processes, and free when its holder is killed', async () => {
    const path = join(folder, 'killed')
    const source = new URL('../../../src-main/runs/workspace.ts', import.meta.url).href
    const code = `
      const { Workspace } = await import(${JSON.stringify(source)})
      Workspace.open(${JSON.stringify(path)}, { lock: true })
      console.log('open')
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    expect(problemOf(path)).toMatch(/is in use by another Spikedesk/)
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    expect(problemOf(path)).toBe('none')
  })

  it('that cannot be written is named, with the reason', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(problemOf(file)).toMatch(/^The workspace .*file cannot be written: there is a file of this name\./)
    expect(problemOf(join(file, 'below'))).toMatch(/cannot be written: a part of its path is a file/)
    expect(problemOf('/proc/spikedesk')).toMatch(/^The workspace \/proc\/spikedesk cannot be written: /)
  })

  it('whose database is something else is left as it is', () => {
    const path = join(folder, 'damaged')
    mkdirSync(path)
    writeFileSync(join(path, 'workspace.db'), 'This is not a database. '.repeat(100))
    expect(problemOf(path)).toMatch(/workspace\.db cannot be read: it is not a database\. Move the file away/)
    expect(readdirSync(path).sort()).toEqual(['workspace.db', 'workspace.lock'])
    writeFileSync(join(path, 'workspace.db'), '')
    expect(problemOf(path)).toBe('none')
  })

  it('of a newer program asks for an update', () => {
    const path = join(folder, 'newer')
    openAt(path).close()
    open.length = 0
    const database = new Database(join(path, 'workspace.db'))
    database.pragma(`user_version = ${migrations.length + 1}`)
    database.close()
    const known = migrations.length
    expect(problemOf(path)).toContain(
      `has version ${known + 1}; this program reads versions up to ${known}. Update the program.`,
    )
  })

  it('closes what was opened through it', () => {
    const closed: string[] = []
    const workspace = Workspace.open(join(folder, 'closing'), { lock: true })
    workspace.atClose(() => closed.push('a'))
    workspace.close()
    expect(closed).toEqual(['a'])
  })
})

it('takes the folder of SPIKEDESK_WORKSPACE, or one at home', () => {
  const before = process.env.SPIKEDESK_WORKSPACE
  process.env.SPIKEDESK_WORKSPACE = '/some/where'
  expect(defaultWorkspaceFolder()).toBe('/some/where')
  delete process.env.SPIKEDESK_WORKSPACE
  expect(defaultWorkspaceFolder()).toMatch(/Spikedesk$/)
  if (before !== undefined) process.env.SPIKEDESK_WORKSPACE = before
})
