import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './projectNode.js'

/** The desktop program: the tool's command line, what comes out, and what goes in. */
const args = ['node_modules/electron-vite/bin/electron-vite.js', 'build']
const outputs = ['out/main/index.js', 'out/renderer/index.html']
const inputs = ['src-main', 'src-renderer', 'src-shared', 'electron.vite.config.ts', 'package-lock.json']

/** Time of the newest file at or below a path; 0 where there is none. */
function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** Whether the desktop program is missing or older than what it is made of. */
export function isDesktopStale() {
  const paths = outputs.map((output) => join(root, output))
  if (!paths.every((path) => existsSync(path))) return true
  const made = Math.min(...paths.map((path) => statSync(path).mtimeMs))
  return inputs.some((input) => newest(join(root, input)) > made)
}

/**
 * Builds the desktop program; the tool's output is shown only where it fails.
 * @param {string} node program that runs the tool
 * @returns {Promise<boolean>} whether the outputs are there now
 */
export function buildDesktop(node) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
    child.once('error', (error) => {
      console.error(error.message)
      resolve(false)
    })
    child.once('close', (code) => {
      const made = code === 0 && outputs.every((output) => existsSync(join(root, output)))
      if (!made) console.error(text.trimEnd())
      resolve(made)
    })
  })
}
