/** Type-checks every source folder with its own tsconfig; the page goes through vue-tsc. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const projects: [tool: string, folder: string][] = [
  ['typescript/bin/tsc', 'src-shared'],
  ['typescript/bin/tsc', 'src-main'],
  ['vue-tsc/bin/vue-tsc.js', 'src-renderer'],
  ['vue-tsc/bin/vue-tsc.js', 'tests'],
]

let failed = 0
for (const [tool, folder] of projects) {
  if (!existsSync(`${root}/${folder}/tsconfig.json`)) throw new Error(`${folder} has no tsconfig.json.`)
  // What did not change since the last run is not checked again.
  const known = `node_modules/.cache/types-${folder}.tsbuildinfo`
  const args = [`node_modules/${tool}`, '-p', folder, '--noEmit', '--incremental', '--tsBuildInfoFile', known]
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} types of ${folder}`)
  if (status !== 0) failed++
}
process.exitCode = failed === 0 ? 0 : 1
