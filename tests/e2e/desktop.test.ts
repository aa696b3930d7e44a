import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/**
 * The real desktop program. `electron` is never imported: where its program is missing, that would fetch it.
 */

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Path of Electron's program, as its package notes it; null where it was never fetched. */
function electronProgram(): string | null {
  const noted = join(root, 'node_modules/electron/path.txt')
  const name = existsSync(noted) ? readFileSync(noted, 'utf8') : 'electron'
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist')
  return existsSync(join(folder, name)) ? join(folder, name) : null
}

const program = electronProgram()
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
const missing =
  program === null ? "Electron's program is not on this machine" : hasDisplay ? null : 'there is no display'
const why = missing === null ? '' : ` (${missing})`

describe.skipIf(missing !== null)(`the desktop program${why}`, () => {
  let desktop: ElectronApplication
  let page: Page
  let scratch = ''

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'spikedesk-electron-'))
    execFileSync(process.execPath, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], {
      cwd: root,
    })
    desktop = await _electron.launch({
      executablePath: program ?? undefined,
      args: [root, `--user-data-dir=${join(scratch, 'user')}`],
      env: { ...process.env, SPIKEDESK_WORKSPACE: join(scratch, 'workspace') } as Record<string, string>,
    })
    page = await desktop.firstWindow()
  })
  afterAll(async () => {
    await desktop?.close()
    rmSync(scratch, { recursive: true, force: true })
  })

  it('opens its page over its own scheme, without Node', async () => {
    expect(page.url()).toMatch(/^app:\/\/spikedesk\//)
    await expect.poll(() => page.title()).toContain('Spikedesk')
    expect(
      await page.evaluate(() => [
        typeof Reflect.get(globalThis, 'process'),
        typeof Reflect.get(globalThis, 'require'),
      ]),
    ).toEqual(['undefined', 'undefined'])
  })

  it('has a workbench and a compute process behind it', async () => {
    await page.getByText('Digits').first().waitFor({ timeout: 30_000 })
    const names = await desktop.evaluate(({ app }) => app.getAppMetrics().map(({ name }) => name))
    expect(names).toContain('Spikedesk data')
  })

  it('stays where it is, and asks for nothing', async () => {
    await page.evaluate(() => Reflect.get(globalThis, 'location').assign('https://example.org/'))
    expect(page.url()).toMatch(/^app:\/\/spikedesk\//)
    const state = await page.evaluate(
      async () => (await navigator.permissions.query({ name: 'geolocation' })).state,
    )
    expect(state).toBe('denied')
  })
})
