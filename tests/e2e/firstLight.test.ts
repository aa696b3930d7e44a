import { expect } from 'vitest'
import { test } from './workbenchPage.ts'

test('one click on a fresh start makes a loss curve that falls', async ({ workbench }) => {
  await workbench.button(/^Engine: native, /).waitFor()
  await workbench.start.click()
  await workbench.figure('loss, last 100').waitFor()
  await workbench.state('done')
  const told = await workbench.told(/^Loss per batch: 630 batches/)
  const first = Number(/from ([\d.]+)/.exec(told)?.[1])
  expect(first).toBeGreaterThan(1)
  expect(Number(await workbench.figure('loss, last 100').textContent())).toBeLessThan(first / 4)
  await workbench.chart(/^Accuracy per epoch: 10 epochs, last \d/).waitFor()
})

test('the loss falls and epochs appear while the run goes on', async ({ workbench }) => {
  await workbench.train(100_000)
  const loss = workbench.figure('loss, last 100')
  await workbench.until(async () => Number(await loss.textContent()) > 0)
  const early = Number(await loss.textContent())
  await workbench.until(async () => Number(await loss.textContent()) < early / 2)
  await workbench.chart(/^Accuracy per epoch: ([2-9]|\d\d+) epochs/).waitFor()
  await workbench.page.getByText(/^epoch ([2-9]|[\d,]{2,}) of 100000$/).waitFor()
})
