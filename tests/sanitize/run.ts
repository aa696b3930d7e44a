/**
 * `npm run test:sanitize`: builds the native engine with the address and undefined behaviour sanitizers, and once
 * more with the thread sanitizer, and sends random networks through both on every instruction set that the
 * processor has; `-- thread` and `-- address avx2` do a part of it. Needs GCC or Clang on Linux. Ends with one line,
 * `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { instructionSets } from '../native/processor.ts'
import { buildSanitized, libraryPath } from './build.ts'
import { sanitizers } from './sanitizers.ts'

const root = join(import.meta.dirname, '../..')
const isas = instructionSets.map(({ isa }) => isa)
const names = sanitizers.map(({ name }) => name)
const asked = process.argv.slice(2)

/** Whether a part is to be done: it is asked for, or no part of its kind is. */
function isWanted(kind: readonly string[], part: string): boolean {
  return asked.includes(part) || !asked.some((word) => kind.includes(word))
}

const seconds = (since: number) => `${Math.round((performance.now() - since) / 1000)} s`

const unknown = asked.filter((word) => !names.includes(word) && !isas.includes(word))
if (unknown.length > 0) {
  console.log(`There is no part "${unknown[0]}": parts are ${[...names, ...isas].join(', ')}.`)
  process.exit(1)
}

let passed = 0
let failed = 0
for (const sanitizer of sanitizers.filter(({ name }) => isWanted(names, name))) {
  const started = performance.now()
  const addon = buildSanitized(sanitizer)
  console.log(`== ${sanitizer.what}: built in ${seconds(started)}`)
  for (const { isa, missing } of instructionSets.filter((set) => isWanted(isas, set.isa))) {
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
    const begun = performance.now()
    // The thread sanitizer of older compilers knows only the usual places of memory: no random addresses.
    const trial = [join(import.meta.dirname, 'trial.ts'), sanitizer.networks, ...sanitizer.threads].map(
      String,
    )
    const { status } = spawnSync('setarch', ['-R', process.execPath, ...trial], {
      cwd: root,
      env,
      stdio: 'inherit',
    })
    console.log(`${isa}: ${status === 0 ? 'clean' : 'FAILED'} in ${seconds(begun)}`)
    if (status === 0) passed++
    else failed++
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
