import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The first line of Node that runs the TypeScript sources as they are. */
const wanted = 24

/** Whether this very process can run the sources. */
export const isProjectNode = Number(process.versions.node.split('.')[0]) >= wanted

/** Path of a Node that runs the sources: this one, or the one that npm installed; null where there is none. */
export function findProjectNode() {
  if (isProjectNode) return process.execPath
  const installed = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  return existsSync(installed) ? installed : null
}

/** The sentence for a checkout without its dependencies. */
export const noNodeSentence = `The dependencies of Spikedesk, its own Node ${wanted} among them, are not installed; run npm ci in ${root} first.`

const passedOn = process.platform === 'win32' ? ['SIGINT', 'SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program in the foreground: same terminal, signals passed on, and this process ends as it ended.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit code
 */
export function runInForeground(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    const listeners = passedOn.map((signal) => {
      const listener = () => child.kill(signal)
      process.on(signal, listener)
      return [signal, listener]
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const [name, listener] of listeners) process.off(name, listener)
      if (signal) process.kill(process.pid, signal)
      else resolve(code ?? 1)
    })
  })
}
