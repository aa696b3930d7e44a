import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Sanitizer } from './sanitizers.ts'

const native = join(import.meta.dirname, '../../src-native')
const rooms = ['addon', 'engine', 'events', 'kernels', 'units']
const requireHere = createRequire(import.meta.url)

/**
 * Builds the addon with a sanitizer, in a folder of its own under `src-native/sanitize`; only what changed is compiled
 * again.
 *
 * @returns the folder
 * @throws Error with the end of what the compiler said
 */
export function buildSanitized({ name, flags }: Sanitizer): string {
  const folder = join(native, 'sanitize', name)
  mkdirSync(folder, { recursive: true })
  for (const room of rooms) {
    rmSync(join(folder, room), { recursive: true, force: true })
    cpSync(join(native, room), join(folder, room), { recursive: true, preserveTimestamps: true })
  }
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

/** Where the compiler keeps a sanitizer's library. */
export function libraryPath(library: string): string {
  const compiler = process.env.CXX ?? 'g++'
  return spawnSync(compiler, [`-print-file-name=${library}`], { encoding: 'utf8' }).stdout.trim()
}
