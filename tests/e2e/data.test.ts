import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { describe, expect } from 'vitest'
import { writeSmallDataset } from './smallDataset.ts'
import { test, type WorkbenchPage } from './workbenchPage.ts'

describe('the samples', () => {
  test('stand in a grid with their labels, and a class leaves its own', async ({ workbench }) => {
    const samples = workbench.panel('Samples')
    const labelled = samples.getByRole('option', { name: /^sample \d+, \d$/ })
    await workbench.until(async () => (await labelled.count()) >= 8)
    await workbench.choose(samples.getByRole('combobox', { name: 'Class' }), '7')
    await samples.getByText('856', { exact: true }).waitFor()
    const names = await labelled.evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-label')))
    expect(names.length).toBeGreaterThanOrEqual(8)
    expect(names.filter((name) => !name?.endsWith(', 7'))).toEqual([])
  })

  test('can be chosen with the arrow keys', async ({ workbench }) => {
    const grid = workbench.page.getByRole('listbox', { name: 'Samples' })
    await grid.getByRole('option', { name: /^sample 0, / }).waitFor()
    await grid.focus()
    await workbench.page.keyboard.press('ArrowRight')
    await grid.getByRole('option', { name: /^sample 1, /, selected: true }).waitFor()
  })
})

/** Canvases that lie in a rounded clip, each by the class of what clips it. */
const roundlyClipped = ({ page }: WorkbenchPage): Promise<string[]> =>
  page.locator('canvas').evaluateAll((canvases) =>
    canvases.flatMap((canvas) => {
      for (let element = canvas.parentElement; element; element = element.parentElement) {
        const { overflow, borderRadius } = getComputedStyle(element)
        if (overflow !== 'visible' && borderRadius !== '0px') return [element.className]
      }
      return []
    }),
  )

/** How many canvases of an element have never been seen by this before. */
const newCanvases = (grid: Locator): Promise<number> =>
  grid.locator('canvas').evaluateAll((canvases) => {
    const fresh = canvases.filter((canvas) => canvas.dataset.seen === undefined)
    for (const canvas of fresh) canvas.dataset.seen = ''
    return fresh.length
  })

describe('pictures', () => {
  test('keep their canvases while the grid scrolls, whose clearing up stopped it for a third of a second', async ({
    workbench,
  }) => {
    const grid = workbench.page.getByRole('listbox', { name: 'Samples' })
    await grid.getByRole('option', { name: /^sample 0, / }).waitFor()
    await newCanvases(grid)
    for (const step of [60, 300, 1000, -300, 82, 50_000, -120, 1e6, -500]) {
      await grid.evaluate(async (scroller, by) => {
        scroller.scrollTop += by
        for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame)
      }, step)
      expect(await newCanvases(grid), `by ${step} px`).toBe(0)
    }
    await grid
      .getByRole('option', { name: /^sample 79\d\d, \d$/ })
      .first()
      .waitFor()
  })

  test('lie in no rounded clip, which made each frame of the lab take seven times as long to draw', async ({
    workbench,
  }) => {
    await workbench
      .panel('Samples')
      .getByRole('option', { name: /^sample 0, / })
      .waitFor()
    expect(await roundlyClipped(workbench)).toEqual([])
    await workbench.page.getByRole('link', { name: 'Open the lab' }).click()
    await workbench.panel('Encoding').locator('.side-raster canvas').waitFor()
    expect(await workbench.page.locator('canvas').count()).toBeGreaterThan(3)
    expect(await roundlyClipped(workbench)).toEqual([])
  })
})

describe('the encoding of a sample', () => {
  test('shows image, step, total and one pixel, and follows the coding and T', async ({ workbench }) => {
    const lab = workbench.panel('Encoding')
    const total = lab.locator('figure', { hasText: 'up to' }).locator('canvas')
    await lab.locator('figure', { hasText: /^Image/ }).waitFor()
    await lab.getByText(/^Row \d+, column \d+: current /).waitFor()
    await lab.getByText('step 1 / 25').waitFor()

    await workbench.changes(total, () => workbench.choose(lab.getByLabel('Input coding'), 'Poisson'))
    await lab.getByText(/^Row \d+, column \d+: \d+ spikes?$/).waitFor()
    const train = lab.locator('figure', { hasText: /^Row/ }).locator('path')
    const before = await train.getAttribute('d')
    await lab.getByLabel('Time steps').fill('60')
    await lab.getByText('step 1 / 60').waitFor()
    await workbench.until(async () => (await train.getAttribute('d')) !== before)

    const other = workbench.panel('Samples').getByRole('option', { name: /^sample 1, / })
    await workbench.changes(total, () => other.click())
    await workbench.changes(lab.locator('canvas').nth(1), () => lab.getByRole('slider').press('ArrowRight'))
    expect(workbench.complaints).toEqual([])
  })
})

describe('an encoding of whole images', () => {
  test('is shown with its own parameters, and says what does not fit', async ({ workbench }) => {
    const lab = workbench.panel('Encoding')
    await workbench.choose(lab.getByLabel('Input coding'), 'latency (snnTorch)')
    await lab.getByText(/^Row \d+, column \d+: 1 spike$/).waitFor()
    await lab.getByLabel('Time constant').fill('5')
    await lab.getByText('The last spike of a sample comes at step 58').waitFor()
    await lab.getByLabel('Normalise').click()
    await lab.getByText(/^Row \d+, column \d+: 1 spike$/).waitFor()
    expect(workbench.complaints).toEqual([])
  })
})

describe('a dataset by its path', () => {
  test('is added, shown and can be trained on', async ({ workbench }) => {
    const path = workbench.page.getByLabel('Path of a folder or file with a dataset')
    await path.fill(writeSmallDataset(join(workbench.folder, 'small'), 40))
    await path.press('Enter')
    const entry = workbench.panel('Datasets').getByRole('button', { name: /small.*40 \+ 20/ })
    await entry.and(workbench.page.locator('[aria-current]')).waitFor()
    const tiles = workbench.panel('Samples').getByRole('option', { name: /^sample \d+, [01]$/ })
    await workbench.until(async () => (await tiles.count()) === 40)
    await workbench.button('Train on this').click()
    await workbench.page
      .getByRole('banner')
      .getByText(/^on .*small.*, 40 \+ 20$/)
      .waitFor()
  })

  test('that is not there is refused in one sentence, and stays as typed', async ({ workbench }) => {
    const path = workbench.page.getByLabel('Path of a folder or file with a dataset')
    const missing = join(workbench.folder, 'nothing here')
    await path.fill(missing)
    await workbench.button('Add').click()
    const alert = workbench.panel('Datasets').getByRole('alert')
    expect(await alert.textContent()).toBe(
      `${missing} does not exist; give the path of a folder or file with a dataset.`,
    )
    expect(await path.inputValue()).toBe(missing)
    await path.fill(`${missing} either`)
    await alert.waitFor({ state: 'detached' })
  })
})
