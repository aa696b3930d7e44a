import { expect } from 'vitest'
import { test, type WorkbenchPage } from './workbenchPage.ts'

async function stoppedRun(workbench: WorkbenchPage): Promise<void> {
  await workbench.train(100_000)
  await workbench.chart(/^Accuracy per epoch: \d+ epochs/).waitFor()
  await workbench.button('Stop').click()
  await workbench.state('stopped')
}

test('a stopped run is listed, opened and continued to more epochs', async ({ workbench }) => {
  await stoppedRun(workbench)
  await workbench.go('Runs')
  await workbench.page.getByRole('row', { name: /fc-leaky-100.*stopped/ }).click()
  const detail = workbench.panel('fc-leaky-100')
  await detail.getByText(/^epoch \d+ of 100000$/).waitFor()
  const to = detail.getByLabel('Continue to')
  await to.fill('0')
  const [, least] =
    /from (\d+)/.exec((await detail.getByText(/^A whole number from/).textContent()) ?? '') ?? []
  expect(await detail.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true)
  const epochs = Number(least) + 1
  await to.fill(String(epochs))
  await detail.getByRole('button', { name: 'Continue' }).click()
  await workbench.page.getByRole('main', { name: 'Train' }).waitFor()
  await workbench.state('done')
  await workbench.chart(new RegExp(`^Accuracy per epoch: ${epochs} epochs`)).waitFor()
  expect(await workbench.batches()).toBe(63 * epochs)
})

test('the settings of a run become the draft', async ({ workbench }) => {
  await stoppedRun(workbench)
  const epochs = workbench.panel('Parameters').getByRole('textbox', { name: 'Epochs' })
  await epochs.fill('7')
  await workbench.go('Runs')
  await workbench.panel('fc-leaky-100').getByRole('button', { name: 'Duplicate' }).click()
  await workbench.page.getByText('The settings of fc-leaky-100 are the draft now.').waitFor()
  await workbench.page.getByRole('main', { name: 'Train' }).waitFor()
  expect(await epochs.inputValue()).toBe('100000')
})
