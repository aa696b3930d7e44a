import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { computeProcesses } from './servedWorkbench.ts'
import { test, type WorkbenchPage } from './workbenchPage.ts'

/** Ticks of the clock that a process has computed for: fields 14 and 15 of its stat, after the name in brackets. */
function ticks(id: number): number {
  const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ')
  return Number(fields[11]) + Number(fields[12])
}

/** The one compute process of a workspace that works while the others wait: the one that trains. */
async function trainingProcess(workbench: WorkbenchPage): Promise<number> {
  const before = computeProcesses(workbench.folder).map((id) => ({ id, ticks: ticks(id) }))
  let found = 0
  await workbench.until(async () => {
    const worked = before.map((process) => ({ id: process.id, ticks: ticks(process.id) - process.ticks }))
    const [most, next] = worked.sort((a, b) => b.ticks - a.ticks)
    found = most.id
    return most.ticks > 20 && most.ticks > 5 * (next?.ticks ?? 0)
  })
  return found
}

test.skipIf(process.platform !== 'linux')(
  'a run whose process dies reads as interrupted, and Resume goes on from its checkpoint',
  async ({ workbench }) => {
    await workbench.train(100_000)
    await workbench.chart(/^Accuracy per epoch: \d+ epochs/).waitFor()
    await workbench.go('Settings')
    process.kill(await trainingProcess(workbench), 'SIGKILL')
    await workbench.state('interrupted')
    await workbench.go('Train')
    const notice = workbench.page.getByRole('alert')
    expect(await notice.locator('p').textContent()).toMatch(
      /^The run was interrupted in epoch \d+; it can go on from the end of epoch \d+\.$/,
    )
    const before = await workbench.batches()
    await notice.getByRole('button', { name: /^Resume from epoch \d+$/ }).click()
    await workbench.state('running')
    await workbench.until(async () => (await workbench.batches()) > before)
  },
)
