/**
 * `npm test`: lint, format, types, then the test suites in the order in which a fault is cheapest to find.
 * Ends with one line, `N passed, N failed, N skipped`; what was skipped is listed before it with its reason.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromiumPath } from './e2e/chromium.ts'

interface Assertion {
  fullName: string
  status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled'
}

interface Report {
  testResults: { name: string; status: string; message: string; assertionResults: Assertion[] }[]
}

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'spikedesk-test-'))
const total = { passed: 0, failed: 0 }
const failures: string[] = []
const skipped: string[] = []

function runNode(args: string[]): number {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1
}

function check(name: string, args: string[]): void {
  console.log(`\n== ${name}`)
  if (runNode(args) === 0) total.passed++
  else {
    total.failed++
    failures.push(name)
  }
}

function readReport(path: string): Report | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return null
  }
}

function suite(project: string): void {
  console.log(`\n== ${project} tests`)
  const output = join(scratch, `${project}.json`)
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${output}`,
  ]
  const status = runNode(['node_modules/vitest/vitest.mjs', ...args])
  const report = readReport(output)
  const failedBefore = total.failed
  for (const file of report?.testResults ?? []) {
    if (file.assertionResults.length === 0 && file.status === 'failed') {
      total.failed++
      failures.push(`${file.name}: ${file.message.split('\n')[0]}`)
    }
    for (const { fullName, status: outcome } of file.assertionResults) {
      if (outcome === 'passed') total.passed++
      else if (outcome === 'failed') {
        total.failed++
        failures.push(`${project}: ${fullName}`)
      } else skipped.push(`${project}: ${fullName}`)
    }
  }
  if ((status !== 0 || !report) && total.failed === failedBefore) {
    total.failed++
    failures.push(`${project} tests ended with code ${status}`)
  }
}

check('lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'])
check('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'])
check('types', ['tests/typecheck.ts'])
for (const project of ['unit', 'page', 'golden', 'corpus']) suite(project)
const chromium = chromiumPath()
if (chromium) suite('e2e')
else
  skipped.push(
    'e2e: all end-to-end tests, because no Chromium was found (install chromium or set CHROMIUM_PATH)',
  )
rmSync(scratch, { recursive: true, force: true })

console.log('')
if (skipped.length > 0) console.log(`Skipped:\n${skipped.map((name) => `  ${name}`).join('\n')}\n`)
if (failures.length > 0) console.log(`Failed:\n${failures.map((name) => `  ${name}`).join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed, ${skipped.length} skipped`)
process.exitCode = total.failed === 0 ? 0 : 1
