import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './projectNode.js'

const folder = join(root, 'node_modules', 'electron')
const fetchSeconds = Number(process.env.SPIKEDESK_ELECTRON_TIMEOUT) || 300

/** Path of Electron's program, as the package itself looks for it; null where it is not on this machine. */
export function findElectron() {
  const pathFile = join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const program = join(override ?? join(folder, 'dist'), name)
  return existsSync(program) ? program : null
}

/** Why a window cannot open on this machine, whatever is installed; null where it can. */
export function displayProblem() {
  if (process.platform !== 'linux') return null
  if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return null
  return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)'
}

/** The part of a failed download's output that says what went wrong. */
function fetchProblem(text) {
  const cause = /(getaddrinfo|connect) E?[A-Z_]+ [^\s,;']+|Response code \d+[^\n]*|HTTP \d{3}[^\n]*/.exec(
    text,
  )?.[0]
  if (text.includes('fetch failed')) return 'its server cannot be reached'
  const first = text.split('\n').find((line) => line.trim())
  return cause ?? first?.replace(/^\w*Error: /, '').trim() ?? 'no reason given'
}

/**
 * Fetches Electron's program with the package's own installer, which checks the checksum.
 * @param {string} node program that runs the installer
 * @returns {Promise<string | null>} why it could not be fetched; null where it is there now
 */
export function fetchElectron(node) {
  const installer = join(folder, 'install.js')
  if (!existsSync(installer)) return Promise.resolve('the electron package is not installed')
  console.log('Fetching Electron, about 110 MB, this once ...')
  return new Promise((resolve) => {
    const child = spawn(node, [installer], { stdio: ['ignore', 'ignore', 'pipe'] })
    let text = ''
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      child.kill('SIGKILL')
    }, fetchSeconds * 1000)
    child.stderr.on('data', (chunk) => (text += chunk))
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code) => {
      clearTimeout(timer)
      if (timedOut) resolve(`Electron was not fetched within ${fetchSeconds} s`)
      else if (code !== 0) resolve(`Electron could not be fetched: ${fetchProblem(text)}`)
      else resolve(findElectron() ? null : 'Electron was fetched, but its program is missing')
    })
  })
}
