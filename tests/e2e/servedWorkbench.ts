import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const commandLine = fileURLToPath(new URL('../../bin/spikedesk.js', import.meta.url))

export interface Ended {
  code: number | null
  signal: string | null
  stdout: string
  stderr: string
}

/** `spikedesk serve` as a user starts it. */
export class ServedWorkbench {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  #stdout = ''
  #stderr = ''

  constructor(args: readonly string[]) {
    this.process = spawn(process.execPath, [commandLine, 'serve', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.process.stdout?.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text))
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text))
    this.ended = new Promise((resolve) => {
      this.process.once('close', (code, signal) =>
        resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr }),
      )
    })
  }

  /** The printed address; rejects where the program ends without one. */
  async address(): Promise<string> {
    const printed = new Promise<string>((resolve) => {
      const look = () => {
        const url = /http:\/\/\S+/.exec(this.#stdout)?.[0]
        if (url && this.#stdout.includes('\n')) resolve(url)
      }
      this.process.stdout?.on('data', look)
      look()
    })
    const failed = this.ended.then(({ stdout, stderr }) => {
      throw new Error(`serve ended: ${stdout}${stderr}`)
    })
    return Promise.race([printed, failed])
  }

  /** Ends it by a signal and waits for its end. */
  async stop(signal: NodeJS.Signals): Promise<Ended> {
    this.process.kill(signal)
    return this.ended
  }
}

/** A workspace folder that is gone after the test. */
export function temporaryWorkspace(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'spikedesk-e2e-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Ids of the compute processes of a workspace. Only Linux tells; elsewhere none. */
export function computeProcesses(folder: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        const words = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')
        return words.some((word) => word.endsWith('compute.ts')) && words.includes(folder)
      } catch {
        return false
      }
    })
    .map(Number)
}
