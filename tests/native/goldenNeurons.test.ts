import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'

const root = join(import.meta.dirname, '../..')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const suites = ['tests/golden/neurons.test.ts', 'tests/golden/surrogates.test.ts']

function golden(isa: string) {
  const env = { ...process.env, SPIKEDESK_ISA: isa, NO_COLOR: '1', FORCE_COLOR: '0' }
  return spawnSync(process.execPath, [vitest, 'run', '--project', 'golden', ...suites], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
}

/** The vectors of the frameworks; the golden suite itself takes the widest instruction set. */
describe('the neurons of the frameworks', () => {
  const test = nativeBackend.unavailable() === null ? it : it.skip

  test.each(['scalar', 'avx2', 'avx512'])('are exact on %s', { timeout: 240_000 }, (isa) => {
    const { status, stdout, stderr } = golden(isa)
    if (`${stdout}${stderr}`.includes('which this processor does not have')) return
    expect(status, stdout.slice(-4000)).toBe(0)
    expect(stdout).toMatch(/Tests .*\b[12]\d\d passed/)
  })
})
