import { expect } from 'vitest'
import { test, type Screen } from './workbenchPage.ts'

const screens: Screen[] = ['Data', 'Model', 'Train', 'Activity', 'Inspect', 'Runs', 'Settings']

test('over a whole session in both themes nothing leaves this machine and nothing breaks the policy', async ({
  workbench,
}) => {
  const { page } = workbench
  await workbench.train(5)
  await workbench.state('done')
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const shown = new Set<string>()
  for (const theme of ['Light', 'Dark']) {
    await workbench.go('Settings')
    await page.getByRole('main').getByRole('button', { name: theme, exact: true }).click()
    await page.locator(`html[data-theme=${theme.toLowerCase()}]`).waitFor()
    shown.add(await background())
    for (const screen of screens) {
      await workbench.go(screen)
      const ready = {
        Data: workbench.panel('Encoding').locator('canvas').first(),
        Model: workbench.panel('Network').getByText('This can be trained.'),
        Train: workbench.chart(/^lif1: \d+ spikes/),
        Activity: workbench.chart(/^lif2: \d+ spikes/),
        Inspect: workbench.panel('Checkpoints of runs').getByText('fc-leaky-100'),
        Runs: workbench.chart(/^Loss per batch: \d/),
        Settings: page.getByText('Copy path'),
      }
      await ready[screen].waitFor()
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      await workbench.picture(`${screen.toLowerCase()}-${theme.toLowerCase()}`)
    }
  }
  expect(shown.size).toBe(2)
  await page.keyboard.press('ControlOrMeta+Shift+L')
  await page.locator('html[data-theme=light]').waitFor()
  expect(new Set(workbench.addresses.map((address) => new URL(address).hostname))).toEqual(
    new Set(['127.0.0.1']),
  )
  expect(workbench.complaints).toEqual([])
})
