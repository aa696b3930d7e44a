import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, startScript, temporaryFolder, type Running } from './commandLine.ts'

/** Building the page or the desktop program may come first. */
const patience = 120_000

/** No display, wherever this runs. */
const noDisplay = { DISPLAY: '', WAYLAND_DISPLAY: '' }

/** A folder in the place of Electron's, with a program that writes what it was given and ends. */
function standInElectron(exitCode: number): string {
  const folder = join(temporaryFolder(), 'dist')
  mkdirSync(folder)
  const script = `#!/bin/sh\necho "window of $1 on $SPIKEDESK_WORKSPACE"\nexit ${exitCode}\n`
  writeFileSync(join(folder, 'electron'), script)
  chmodSync(join(folder, 'electron'), 0o755)
  return folder
}

/** Opens the printed address as a browser does, looks at the page, and ends the program with Ctrl-C. */
async function openAndEnd(running: Running): Promise<string> {
  await running.seen('Spikedesk is at http://127.0.0.1:')
  const address = new URL(running.stdout().match(/http:\S+/)?.[0] ?? '')
  const entered = await fetch(address, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  const page = await fetch(address.origin, { headers: { cookie } })
  expect(await page.text()).toContain('<title>Spikedesk')
  running.child.kill('SIGINT')
  const { code, stdout } = await running.ended
  expect(code).toBe(0)
  return stdout
}

describe.skipIf(process.platform !== 'linux')('npm start (on Linux, where a display can be missing)', () => {
  it(
    'says in one line that there is no display, and serves the same workbench',
    { timeout: patience },
    async () => {
      const workspace = join(temporaryFolder(), 'mine')
      const stdout = await openAndEnd(startScript('start.js', ['--workspace', workspace], noDisplay))
      expect(stdout.split('\n')[0]).toBe(
        'No window can open here: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set). ' +
          'The workbench opens in the browser instead.',
      )
      expect(existsSync(join(workspace, 'workspace.db'))).toBe(true)
    },
  )

  it('says in one line that Electron cannot be fetched, and serves', { timeout: patience }, async () => {
    const env = {
      DISPLAY: ':99',
      ELECTRON_OVERRIDE_DIST_PATH: join(temporaryFolder(), 'missing'),
      ELECTRON_MIRROR: 'http://127.0.0.1:9/',
      electron_config_cache: temporaryFolder(),
      SPIKEDESK_WORKSPACE: temporaryFolder(),
    }
    const stdout = await openAndEnd(startScript('start.js', [], env))
    expect(stdout).toMatch(
      /^No window can open here: Electron could not be fetched: .+\. The workbench opens/m,
    )
    expect(stdout).not.toMatch(/\n\s+at /)
  })

  it('serves where it is asked to, on the port that it is given', { timeout: patience }, async () => {
    const env = { DISPLAY: ':99', SPIKEDESK_WORKSPACE: temporaryFolder() }
    const stdout = await openAndEnd(startScript('start.js', ['--web', '--port', '0'], env))
    expect(stdout).not.toContain('No window')
  })

  it('opens the window where Electron and a display are there', { timeout: patience }, async () => {
    const workspace = temporaryFolder()
    const env = { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: standInElectron(0) }
    const { code, stdout, stderr } = await startScript('start.js', ['--workspace', workspace], env).ended
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`window of ${root.replace(/\/$/, '')} on ${workspace}`)
    expect(existsSync(join(root, 'out/main/index.js'))).toBe(true)
  })

  it('serves where Electron ends at once with a failure', { timeout: patience }, async () => {
    const env = {
      DISPLAY: ':99',
      ELECTRON_OVERRIDE_DIST_PATH: standInElectron(127),
      SPIKEDESK_WORKSPACE: temporaryFolder(),
    }
    const stdout = await openAndEnd(startScript('start.js', [], env))
    expect(stdout).toContain(
      'No window can open here: Electron ended at once with exit code 127. The workbench',
    )
  })
})

describe('a wrong npm start', () => {
  it('is one sentence and exit code 2', async () => {
    const { code, stderr } = await startScript('start.js', ['--windows']).ended
    expect([code, stderr]).toEqual([2, "Unknown option '--windows'; see npm start -- --help.\n"])
  })
})
