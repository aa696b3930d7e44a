import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { SpikedeskError } from '../../src-shared/errors/index.ts'

const run = promisify(execFile)

/** What the page is built from, relative to the project. */
const sources = ['src-renderer', 'src-shared', 'vite.page.config.ts', 'package.json']

/** When the newest file of a folder, or a file, was changed; 0 where it is missing. */
function newest(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** The last line of what a failed build wrote, or why it could not begin. */
function buildReason(thrown: unknown): string {
  const { stderr, message } = thrown as { stderr?: string; message: string }
  const lines = (stderr || message).split('\n').map((line) => line.trim())
  return lines.find((line) => /error/i.test(line)) ?? lines.find((line) => line !== '') ?? 'unknown'
}

async function build(root: string, folder: string): Promise<void> {
  const begun = new Date()
  const made = `${folder}.${process.pid}`
  try {
    const vite = join(
      dirname(createRequire(join(root, 'package.json')).resolve('vite/package.json')),
      'bin/vite.js',
    )
    const options = [
      '--config',
      'vite.page.config.ts',
      '--outDir',
      made,
      '--emptyOutDir',
      '--logLevel',
      'error',
    ]
    await run(process.execPath, [vite, 'build', ...options], { cwd: root })
    // Changes made meanwhile are newer than the page.
    utimesSync(join(made, 'index.html'), begun, begun)
    mkdirSync(dirname(folder), { recursive: true })
    rmSync(folder, { recursive: true, force: true })
    renameSync(made, folder)
  } catch (thrown) {
    throw new SpikedeskError('host.pageBuild', { reason: buildReason(thrown) }, thrown)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

/**
 * Sees to it that the built page is there and not older than its sources, where those are to be had. Builds into
 * a folder of its own and swaps them, so that no half-built page is ever served.
 *
 * @param root folder of the project
 * @param say is told in one line that a build begins
 * @returns the folder of the built page
 * @throws SpikedeskError `host.noPage`, `host.pageBuild`
 */
export async function ensurePage(root: string, say: (line: string) => void): Promise<string> {
  const folder = join(root, 'out', 'renderer')
  const built = newest(join(folder, 'index.html'))
  if (!existsSync(join(root, 'src-renderer', 'index.html'))) {
    if (built === 0) throw new SpikedeskError('host.noPage', { path: folder })
    return folder
  }
  if (built === 0 || Math.max(...sources.map((source) => newest(join(root, source)))) > built) {
    say(built === 0 ? 'Building the page, once …' : 'Building the page anew, since its sources changed …')
    await build(root, folder)
  }
  return folder
}
