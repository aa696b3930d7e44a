import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach } from 'vitest'

export const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
  /** The lines of stdout as JSON objects. */
  events(): Record<string, unknown>[]
  /** The last object, which should be the result. */
  result(): Record<string, unknown>
}

export interface Running {
  child: ChildProcess
  /** What it has written up to now. */
  stdout(): string
  /** Resolves once stdout holds the text. */
  seen(text: string): Promise<void>
  ended: Promise<Ended>
}

function ended(code: number | null, stdout: string, stderr: string): Ended {
  const events = (): Record<string, unknown>[] =>
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  return { code, stdout, stderr, events, result: () => events().at(-1) ?? {} }
}

/** Starts a script of bin/ as its users do; the workspace is one that does not exist unless `env` names another. */
export function startScript(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [join(root, 'bin', script), ...args], {
    env: { ...process.env, SPIKEDESK_WORKSPACE: join(tmpdir(), 'spikedesk-cli-none'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  running.add(child)
  child.once('close', () => running.delete(child))
  const waiting = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    for (const look of waiting) look()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const end = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(ended(code, stdout, stderr)))
  })
  const seen = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!stdout.includes(text)) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      void end.then(() => reject(new Error(`ended without "${text}": ${stdout}${stderr}`)), reject)
      look()
    })
  return { child, stdout: () => stdout, seen, ended: end }
}

/** Runs `spikedesk` to its end. */
export function spikedesk(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return startScript('spikedesk.js', args, env).ended
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spikedesk-cli-'))
  folders.push(folder)
  return folder
}

const folders: string[] = []
const running = new Set<ChildProcess>()

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
