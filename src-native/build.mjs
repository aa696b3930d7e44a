// Builds the native engine into build/Release/spikedesk.node; run by `npm ci` and by hand (npm run build:native).
// Needs no network and no installed Node headers: on Linux and macOS the four Node-API headers come from the
// package node-api-headers, laid out as node-gyp expects them. Nothing is done where nothing changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const folder = dirname(fileURLToPath(import.meta.url))
const root = dirname(folder)
const buildFolder = join(folder, 'build')
const headersFolder = join(folder, 'build-headers')
const product = join(buildFolder, 'Release', 'spikedesk.node')
const stampFile = join(buildFolder, 'stamp')
const logFile = join(folder, 'build.log')
const shown = (path) => relative(process.cwd(), path) || '.'

/** Every file that the product is made of. */
function sources() {
  const files = ['binding.gyp', 'build.mjs']
  for (const room of ['addon', 'engine', 'events', 'kernels', 'units']) {
    for (const file of readdirSync(join(folder, room)).sort()) files.push(join(room, file))
  }
  return files
}

/** Changes with the sources, the machine and the compiler asked for. */
function fingerprint() {
  const hash = createHash('sha256')
  for (const file of sources()) hash.update(file).update(readFileSync(join(folder, file)))
  const { CC = '', CXX = '', CFLAGS = '', CXXFLAGS = '', LDFLAGS = '' } = process.env
  const addonApi = require('node-addon-api/package.json').version
  hash.update(JSON.stringify([process.platform, process.arch, addonApi, CC, CXX, CFLAGS, CXXFLAGS, LDFLAGS]))
  return hash.digest('hex')
}

/** A folder that node-gyp accepts as Node's own: the headers and the least configuration. */
function layOutHeaders() {
  const include = join(headersFolder, 'include', 'node')
  mkdirSync(include, { recursive: true })
  const from = require('node-api-headers').include_dir
  for (const file of readdirSync(from)) copyFileSync(join(from, file), join(include, file))
  const configurations = { Release: {}, Debug: {} }
  const common = { target_defaults: { default_configuration: 'Release', configurations } }
  const config = { target_defaults: common.target_defaults, variables: {} }
  writeFileSync(join(include, 'common.gypi'), JSON.stringify(common, null, 2))
  writeFileSync(join(include, 'config.gypi'), JSON.stringify(config, null, 2))
}

function findPython() {
  const candidates = [process.env.npm_config_python, process.env.PYTHON, 'python3', 'python']
  return candidates.find((name) => name && spawnSync(name, ['--version']).status === 0)
}

/** Whether the compiler exists and knows C++20. */
function compilesCpp20() {
  const compiler = process.env.CXX ?? (process.platform === 'darwin' ? 'c++' : 'g++')
  const [command, ...flags] = compiler.split(' ')
  const probe = '#include <atomic>\nint main() { std::atomic<int> a{0}; a.notify_all(); return a.load(); }\n'
  const args = [...flags, '-std=c++20', '-x', 'c++', '-fsyntax-only', '-']
  const result = spawnSync(command, args, { input: probe })
  return result.status === 0
}

function fail(sentence) {
  console.error(`The native engine could not be built: ${sentence}`)
  process.exit(1)
}

function build() {
  const args = ['--release', '--jobs', String(availableParallelism())]
  if (process.platform !== 'win32') {
    if (!findPython()) fail('python3 is missing; install it and run npm run build:native.')
    if (!compilesCpp20())
      fail(
        'there is no C++20 compiler (g++ 11 or clang 14 and later); install one and run npm run build:native.',
      )
    layOutHeaders()
    args.push('--nodedir', headersFolder)
  }
  const started = Date.now()
  // Of what is compiled, not of what somebody writes meanwhile.
  const compiled = fingerprint()
  // Not `rebuild`: make compiles again only what changed.
  const gyp = require.resolve('node-gyp/bin/node-gyp.js')
  let log = ''
  let built = true
  for (const command of ['configure', 'build']) {
    if (!built) break
    const result = spawnSync(process.execPath, [gyp, command, ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    log += `${result.stdout ?? ''}${result.stderr ?? ''}`
    built = result.status === 0
  }
  writeFileSync(logFile, log)
  if (!built || !existsSync(product))
    fail(`the compiler reported an error; what it said is in ${shown(logFile)}.`)
  rmSync(logFile)
  writeFileSync(stampFile, compiled)
  console.log(`Built ${shown(product)} in ${Math.round((Date.now() - started) / 1000)} s.`)
}

const upToDate =
  existsSync(product) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint()
if (upToDate && !process.argv.includes('--force')) console.log(`${shown(product)} is up to date.`)
else {
  process.chdir(root)
  build()
}
