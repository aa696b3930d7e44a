import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { harnessCommand } from './build.ts'

/** A line of the harness; see `harness.cc`. */
export interface Answer {
  value?: unknown
  arguments?: unknown[]
  error?: { message: string } & Record<string, unknown>
}

/**
 * The harness under the emulator, asked line by line. An engine answers at once, so both ends are named pipes that
 * are read and written without coming back to the event loop.
 */
export class Emulator {
  private readonly to: number
  private readonly from: number
  private readonly chunk = Buffer.alloc(1 << 16)
  private rest = ''

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'spikedesk-emulator-'))
    const [lines, answers] = [join(folder, 'lines'), join(folder, 'answers')]
    if (spawnSync('mkfifo', [lines, answers]).status !== 0) throw new Error('mkfifo is missing')
    const script = 'exec "$@" < "$LINES" > "$ANSWERS"'
    const child = spawn('sh', ['-c', script, 'sh', ...harnessCommand], {
      env: { ...process.env, LINES: lines, ANSWERS: answers },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.unref()
    this.to = openSync(lines, 'w')
    this.from = openSync(answers, 'r')
    rmSync(folder, { recursive: true })
  }

  /** @throws Error where the emulated program has ended */
  ask(line: object): Answer {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
    for (let at = 0; at < bytes.length;) at += writeSync(this.to, bytes, at)
    while (!this.rest.includes('\n')) {
      const count = readSync(this.from, this.chunk)
      if (count === 0) throw new Error('The emulated engine has ended.')
      this.rest += this.chunk.toString('latin1', 0, count)
    }
    const end = this.rest.indexOf('\n')
    const answer = JSON.parse(this.rest.slice(0, end)) as Answer
    this.rest = this.rest.slice(end + 1)
    return answer
  }

  close(): void {
    closeSync(this.to)
    closeSync(this.from)
  }
}
