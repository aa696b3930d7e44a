/**
 * `npm run test:neon`: builds the native engine for aarch64 with a cross compiler, without Node, and holds it under an
 * emulator against the golden vectors, the reference and this machine's own engine. Skipped, with the reason, where the
 * tools are missing.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildHarness, missingTools } from './build.ts'

const root = join(import.meta.dirname, '../..')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')

const missing = missingTools()
if (missing !== null) {
  console.log(`Skipped: this machine lacks ${missing}.`)
} else {
  const started = performance.now()
  await buildHarness()
  console.log(`Built for aarch64 in ${Math.round((performance.now() - started) / 1000)} s.`)
  const args = [vitest, 'run', '--project', 'neon', ...process.argv.slice(2)]
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1
}
