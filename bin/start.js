#!/usr/bin/env node
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildDesktop, isDesktopStale } from './build.js'
import { displayProblem, fetchElectron, findElectron } from './electron.js'
import { findProjectNode, noNodeSentence, root, runInForeground } from './projectNode.js'

const usage = `Usage: npm start [-- options]

  --web              serve the workbench to the browser, although a window could open
  --port <N>         the same, on this port of 127.0.0.1
  --workspace <DIR>  folder that keeps datasets and runs`

/** A window that ends with a failure within this time never stood. */
const earlyEndSeconds = 10

function readOptions() {
  const options = {
    web: { type: 'boolean' },
    port: { type: 'string' },
    workspace: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  }
  try {
    return parseArgs({ options }).values
  } catch (error) {
    console.error(`${error.message.split('. ')[0].replace(/\.$/, '')}; see npm start -- --help.`)
    process.exit(2)
  }
}

/** The environment with the workspace in it; npm starts in the project, so a path is meant from where it was typed. */
function environment({ workspace }) {
  if (workspace === undefined) return process.env
  return { ...process.env, SPIKEDESK_WORKSPACE: resolve(process.env.INIT_CWD ?? '.', workspace) }
}

/** Opens the window and waits for its end; gives back why it could not open, or its exit code. */
async function openWindow(node, options) {
  const problem = displayProblem() ?? (findElectron() ? null : await fetchElectron(node))
  const electron = findElectron()
  if (problem !== null || electron === null) return { problem: problem ?? 'Electron is missing' }
  if (isDesktopStale()) {
    console.log('Building the desktop program ...')
    if (!(await buildDesktop(node))) return { problem: 'the desktop program could not be built' }
  }
  const started = performance.now()
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = environment(options)
  try {
    const exitCode = await runInForeground(electron, [root], { cwd: root, env })
    const seconds = (performance.now() - started) / 1000
    if (exitCode === 0 || seconds > earlyEndSeconds) return { exitCode }
    return { problem: `Electron ended at once with exit code ${exitCode}` }
  } catch (error) {
    return { problem: `Electron could not be started: ${error.message}` }
  }
}

function serveToBrowser(node, options) {
  const args = [join(root, 'bin', 'spikedesk.js'), 'serve']
  if (options.port !== undefined) args.push(`--port=${options.port}`)
  if (displayProblem() === null && process.stdout.isTTY) args.push('--open')
  return runInForeground(node, args, { env: environment(options) })
}

async function start() {
  const options = readOptions()
  if (options.help) {
    console.log(usage)
    return 0
  }
  const node = findProjectNode()
  if (node === null) {
    console.error(noNodeSentence)
    return 1
  }
  if (!options.web && options.port === undefined) {
    const { problem, exitCode } = await openWindow(node, options)
    if (exitCode !== undefined) return exitCode
    console.log(`No window can open here: ${problem}. The workbench opens in the browser instead.`)
  }
  return serveToBrowser(node, options)
}

process.exitCode = await start()
