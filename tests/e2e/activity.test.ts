import { expect } from 'vitest'
import { test } from './workbenchPage.ts'

test('the spikes of a sample are drawn layer by layer, with what was predicted and what is true', async ({
  workbench,
}) => {
  await workbench.train(3)
  await workbench.state('done')
  await workbench.go('Activity')
  const hidden = workbench.chart(/^lif1: [1-9]\d* spikes of 100 neurons over 25 steps/)
  await hidden.waitFor()
  await workbench.chart(/^lif2: \d+ spikes of 10 neurons over 25 steps/).waitFor()
  const verdict = workbench.panel('Sample').getByRole('status')
  const told = await workbench.told(/^Spikes per class/)
  const [, predicted, truth] = /predicted (\d), true (\d)\. 0 \d+, /.exec(told) ?? []
  expect(await verdict.textContent()).toBe(
    predicted === truth ? `Right: ${truth}.` : `Wrong: ${predicted} instead of ${truth}.`,
  )

  const picture = await workbench
    .chart(/^Image 0, class /)
    .evaluate((it: HTMLCanvasElement) => it.toDataURL())
  await workbench.changes(hidden.locator('canvas'), () => workbench.button('Next image').click())
  const next = workbench.chart(/^Image 1, class /)
  await next.waitFor()
  expect(await next.evaluate((it: HTMLCanvasElement) => it.toDataURL())).not.toBe(picture)
  expect(await workbench.page.getByLabel('Image', { exact: true }).inputValue()).toBe('1')
  expect(workbench.complaints).toEqual([])
})
