import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppInfo, DatasetCard } from '../../src-shared/contract.ts'

/** What `npm run build` makes, run as far as it goes without Electron's program. */

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'spikedesk-built-'))

beforeAll(async () => {
  await run(process.execPath, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], {
    cwd: root,
  })
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the built desktop program', () => {
  it('serves its page and computes in its built compute process', async () => {
    const script = fileURLToPath(new URL('runBuiltDesktop.ts', import.meta.url))
    const env = { ...process.env, SPIKEDESK_WORKSPACE: join(scratch, 'workspace') }
    const { stdout } = await run(process.execPath, [script, root, join(scratch, 'user')], {
      env,
      cwd: scratch,
    })
    const { page, info, datasets } = JSON.parse(stdout) as {
      page: string
      info: { result: AppInfo }
      datasets: { result: DatasetCard[] }
    }
    expect(page).toContain('<div id="app"></div>')
    expect(info.result.host).toBe('electron')
    expect(info.result.engines.find(({ id }) => id === 'native')).toMatchObject({ unavailable: null })
    expect(datasets.result.map(({ id, trainCount }) => [id, trainCount])).toEqual([
      ['digits', 8000],
      ['digit-events', 8000],
    ])
  })

  it('has a bridge that a sandbox can load: one file that needs nothing but electron', () => {
    const text = readFileSync(join(root, 'out/preload/preload.cjs'), 'utf8')
    expect(text.match(/require\([^)]*\)/g)).toEqual(['require("electron")'])
    expect(text).not.toMatch(/\bimport\b/)
  })

  it('refers to nothing outside itself', () => {
    const page = readFileSync(join(root, 'out/renderer/index.html'), 'utf8')
    expect(page.match(/(?:src|href)="[^"]*"/g)?.filter((link) => !/="\.?\/?assets\//.test(link))).toEqual([])
  })
})
