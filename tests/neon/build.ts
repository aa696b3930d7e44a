import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const native = join(root, 'src-native')
const napi = join(import.meta.dirname, 'napi')
const folder = join(native, 'neon')

/** What is built. */
const program = join(folder, 'harness')
const compiler = process.env.NEON_CXX ?? 'aarch64-linux-gnu-g++'
const emulator = process.env.NEON_QEMU ?? 'qemu-aarch64'

/** Runs what is built. */
export const harnessCommand: readonly string[] = [emulator, program]

interface Unit {
  source: string
  flags: string[]
}

/** Not those of the product, which take minutes. */
const kernelFlags = ['-O1', '-fno-math-errno', '-fno-exceptions', '-fno-rtti', '-DSPIKEDESK_ISA=base']

const sourcesIn = (folder: string, except: readonly string[] = []) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.cc') && !except.includes(name))
    .map((name) => join(folder, name))

/** What the addon's build compiles the kernels and the engine of, in its order: what takes longest begins first. */
const project = [...readFileSync(join(native, 'binding.gyp'), 'utf8').matchAll(/'([a-z]+\/[a-z_]+\.cc)'/g)]
  .map(([, path]) => path)
  .filter((path) => !/^units\/(addon|events)\.cc$/.test(path))
const isEngine = (path: string) => path.startsWith('units/engine_')

const unitsOf = (sources: readonly string[], flags: string[]): Unit[] =>
  sources.map((source) => ({ source, flags }))
const inProject = (paths: readonly string[]) => paths.map((path) => join(native, path))

/** Of the addon each file alone: its unit holds those that only Node can call. */
const units: readonly Unit[] = [
  ...unitsOf(inProject(project.filter((path) => !isEngine(path))), kernelFlags),
  ...unitsOf(inProject(project.filter(isEngine)), ['-O1']),
  ...unitsOf(sourcesIn(join(native, 'addon'), ['addon.cc', 'event_functions.cc', 'order_functions.cc']), [
    '-O1',
    `-I${napi}`,
  ]),
  ...unitsOf([...sourcesIn(napi), join(import.meta.dirname, 'harness.cc')], ['-O1', `-I${napi}`]),
]

const changed = (file: string) => (existsSync(file) ? statSync(file).mtimeMs : 0)

/** Where the compiler lists the files that an object is made of. */
const madeOf = (object: string) => object.replace(/\.o$/, '.d')

/** Whether an object is missing, or older than a file that it is made of. */
function isStale(object: string): boolean {
  if (!existsSync(object) || !existsSync(madeOf(object))) return true
  const [, ...files] = readFileSync(madeOf(object), 'utf8').replaceAll('\\\n', ' ').trim().split(/\s+/)
  return files.some((file) => !existsSync(file) || changed(file) > changed(object))
}

async function compile({ source, flags }: Unit, object: string): Promise<void> {
  const all = ['-std=c++20', '-Wall', '-Wextra', '-ffp-contract=off', '-MMD', ...flags]
  const child = spawn(compiler, [...all, '-c', source, '-o', object], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const status = await new Promise((resolve) => child.once('close', resolve))
  if (status !== 0) throw new Error(`${basename(source)} does not compile for aarch64.\n${said.slice(-4000)}`)
}

/** What is missing here to build and run for aarch64, in words; null where nothing is. */
export function missingTools(): string | null {
  const found = (tool: string) => spawnSync(tool, ['--version']).status === 0
  const missing = [
    ...(found(compiler) ? [] : [`the cross compiler ${compiler} (Debian: g++-aarch64-linux-gnu)`]),
    ...(found(emulator) ? [] : [`the emulator ${emulator} (Debian: qemu-user)`]),
  ]
  return missing.length > 0 ? missing.join(' and ') : null
}

/**
 * Builds the native engine for aarch64, without Node, into `src-native/neon`; only what changed is compiled again.
 *
 * @throws Error with what the compiler said
 */
export async function buildHarness(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const objects = units.map(({ source }) => join(folder, `${basename(source, '.cc')}.o`))
  const stale = units.flatMap((unit, i) => (isStale(objects[i]) ? [{ unit, object: objects[i] }] : []))
  const workers = Array.from({ length: availableParallelism() }, async () => {
    for (let next = stale.shift(); next; next = stale.shift()) await compile(next.unit, next.object)
  })
  await Promise.all(workers)
  const link = spawnSync(compiler, ['-static', '-pthread', ...objects, '-o', program], { encoding: 'utf8' })
  if (link.status !== 0) throw new Error(`The engine does not link for aarch64.\n${link.stderr.slice(-4000)}`)
}
