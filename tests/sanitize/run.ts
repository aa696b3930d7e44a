/**
 * `npm run test:sanitize`: builds the native engine with the address and undefined behaviour sanitizers, and once
 * more with the thread sanitizer, and sends random networks through both on every instruction set that the
 * processor has. Needs GCC or Clang on Linux. Ends with one line, `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { instructionSets } from '../native/processor.ts'

const root = join(import.meta.dirname, '../..')
const native = join(root, 'src-native')
const rooms = ['addon', 'engine', 'events', 'kernels', 'units']
const requireHere = createRequire(import.meta.url)

interface Sanitizer {
  name: string
  flags: string
  /** Loaded before Node, which is not built with it. */
  library: string
  options: Record<string, string>
  networks: number
}

const sanitizers: readonly Sanitizer[] = [
  {
    name: 'address and undefined behaviour',
    flags: '-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer',
    library: 'libasan.so',
    // What Node keeps to its end is no leak of ours.
    options: { ASAN_OPTIONS: 'detect_leaks=0', UBSAN_OPTIONS: 'print_stacktrace=1' },
    networks: 60,
  },
  {
    name: 'thread',
    flags: '-fsanitize=thread',
    library: 'libtsan.so',
    options: { TSAN_OPTIONS: `suppressions=${join(import.meta.dirname, 'node.supp')} exitcode=66` },
    networks: 30,
  },
]

function build({ name, flags }: Sanitizer): string {
  const folder = join(native, 'sanitize', name.split(' ')[0])
  mkdirSync(folder, { recursive: true })
  for (const room of rooms)
    cpSync(join(native, room), join(folder, room), { recursive: true, preserveTimestamps: true })
  const project = readFileSync(join(native, 'binding.gyp'), 'utf8').replaceAll(/-O[23]/g, '-O1')
  writeFileSync(join(folder, 'binding.gyp'), project)
  const gyp = requireHere.resolve('node-gyp/bin/node-gyp.js')
  const env = { ...process.env, CXXFLAGS: `${flags} -g1`, LDFLAGS: flags }
  for (const command of ['configure', 'build']) {
    const args = [gyp, command, '--release', '--jobs', 'max', '--nodedir', join(native, 'build-headers')]
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`The build for the ${name} sanitizer failed.\n${stderr.slice(-4000)}`)
  }
  return folder
}

/** Where the compiler keeps the sanitizer's library. */
function libraryPath(library: string): string {
  const compiler = process.env.CXX ?? 'g++'
  return spawnSync(compiler, [`-print-file-name=${library}`], { encoding: 'utf8' }).stdout.trim()
}

let passed = 0
let failed = 0
for (const sanitizer of sanitizers) {
  console.log(`== ${sanitizer.name}`)
  const addon = build(sanitizer)
  for (const { isa, missing } of instructionSets) {
    if (missing !== null) {
      console.log(`${isa}: skipped, ${missing}`)
      continue
    }
    const env = {
      ...process.env,
      ...sanitizer.options,
      LD_PRELOAD: libraryPath(sanitizer.library),
      SPIKEDESK_ADDON: addon,
      SPIKEDESK_ISA: isa,
    }
    // The thread sanitizer of older compilers knows only the usual places of memory: no random addresses.
    const args = ['-R', process.execPath, join(import.meta.dirname, 'trial.ts'), String(sanitizer.networks)]
    const { status } = spawnSync('setarch', args, { cwd: root, env, stdio: 'inherit' })
    if (status === 0) passed++
    else failed++
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
