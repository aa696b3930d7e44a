import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { instructionSets } from './processor.ts'

const root = join(import.meta.dirname, '../..')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')

/** As much as is read of vitest's JSON report. */
interface Report {
  testResults: {
    name: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
}

/** Cases of each suite that the engine has an answer to. */
const leastPassed = { neurons: 81, surrogates: 24, networks: 6, losses: 17 }

/** Runs the golden vectors of the frameworks through the native engine as the instruction set has it. */
function golden(isa: string): Report {
  const env = { ...process.env, SPIKEDESK_ISA: isa }
  const args = ['run', '--project', 'golden', '--testNamePattern', 'on native$', '--reporter=json']
  const { stdout, stderr } = spawnSync(process.execPath, [vitest, ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const start = stdout.indexOf('{')
  expect(start, stderr).toBeGreaterThanOrEqual(0)
  return JSON.parse(stdout.slice(start)) as Report
}

/** The golden suite itself takes the widest instruction set. */
describe('the golden vectors', () => {
  const unavailable = nativeBackend.unavailable()

  it.for(instructionSets)('hold on $isa', { timeout: 240_000 }, ({ isa, missing }, context) => {
    const reason = unavailable ?? missing
    if (reason !== null) return context.skip(reason)
    const cases = golden(isa).testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ fullName }) => fullName.endsWith(' on native'))
        .map((each) => ({ ...each, suite: name.replace(/^.*\//, '').replace('.test.ts', '') })),
    )
    const failed = cases.filter(({ status }) => status === 'failed')
    expect(failed.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join()}`)).toEqual(
      [],
    )
    // The rest is named by the golden suite itself, with the reason why it is skipped.
    for (const [suite, least] of Object.entries(leastPassed)) {
      const passed = cases.filter((each) => each.suite === suite && each.status === 'passed')
      expect(passed.length, suite).toBeGreaterThanOrEqual(least)
    }
  })
})
