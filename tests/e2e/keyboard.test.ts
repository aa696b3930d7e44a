import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { test } from './workbenchPage.ts'

test('every screen is reached and a run is started with keys alone', async ({ workbench }) => {
  const { page } = workbench
  const screens = ['Data', 'Model', 'Train', 'Activity', 'Inspect', 'Runs', 'Settings']
  for (const screen of screens) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    if ((await focused.textContent())?.trim() !== screen) await page.keyboard.press('Tab')
    expect((await focused.textContent())?.trim()).toBe(screen)
    await page.keyboard.press('Enter')
    await page.getByRole('main', { name: screen }).waitFor()
  }
  for (const [number, screen] of screens.slice(0, 6).entries()) {
    await page.keyboard.press(`Alt+${number + 1}`)
    await page.getByRole('main', { name: screen }).waitFor()
  }
  await page.keyboard.press('ControlOrMeta+Enter')
  await workbench.state('done')
  await page.getByRole('main', { name: 'Train' }).waitFor()
})

test('the palette opens, finds, runs and closes', async ({ workbench }) => {
  const { page } = workbench
  const palette = page.getByRole('dialog', { name: 'Commands' })
  await page.keyboard.press('ControlOrMeta+k')
  await palette.waitFor()
  await page.keyboard.press('Escape')
  await palette.waitFor({ state: 'detached' })
  await page.keyboard.press('ControlOrMeta+k')
  await palette.waitFor()
  await page.keyboard.type('go runs')
  await page.keyboard.press('Enter')
  await palette.waitFor({ state: 'detached' })
  await page.getByRole('main', { name: 'Runs' }).waitFor()
})

test('Escape closes what is open on the Data screen, and the focus is back where it came from', async ({
  workbench,
}) => {
  const { page } = workbench
  const more = workbench.button('More about Digits')
  const dialog = page.getByRole('dialog', { name: 'Make events from Digits' })
  const focused = (what: Locator) => what.and(page.locator(':focus')).waitFor()
  await more.click()
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  await focused(more)
  await more.click()
  await page.getByRole('menuitem', { name: /^Make events/ }).click()
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await focused(more)
  const licence = workbench.button(/CC BY-SA/)
  await licence.click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await focused(licence)
})
