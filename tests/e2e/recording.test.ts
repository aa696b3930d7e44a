import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { describe, expect } from 'vitest'
import { writeEventFolder } from './eventFolder.ts'
import { test, type WorkbenchPage } from './workbenchPage.ts'

/** Adds recordings of 100,000 events, and waits for the first of them. */
async function addRecordings(workbench: WorkbenchPage, events: number): Promise<void> {
  const folder = writeEventFolder(join(workbench.folder, 'bars'), { classes: 2, each: 40, events })
  await workbench.page.getByLabel('Path of a folder or file with a dataset').fill(folder)
  await workbench.button('Add').click()
  await workbench.panel('bars').waitFor()
  await workbench
    .panel('Samples')
    .getByRole('option', { name: /^sample 0, / })
    .waitFor()
}

const stage = (workbench: WorkbenchPage, name: string) =>
  workbench.page.getByRole('group', { name: 'What is shown of the sample' }).getByText(name, { exact: true })

const frameOf = (player: Locator) => player.getByRole('img', { name: /Space plays and pauses/ })

describe('a recording', () => {
  test('is played as frames and over x, y and time', async ({ workbench }) => {
    await addRecordings(workbench, 100_000)
    await stage(workbench, 'Recording').click()
    const player = workbench.panel('Recording')
    await player.getByText('100,000', { exact: true }).waitFor()
    const time = player.getByRole('slider', { name: 'Time' })
    const frame = player.getByRole('img', { name: /^[\d,]+ events up to 20\.0 ms: / })
    await frame.waitFor()
    // 20 of 300 ms: a fifteenth of the events.
    expect(await frame.getAttribute('aria-label')).toMatch(
      /^6,66\d events up to 20\.0 ms: 4,44\d ON, 2,22\d OFF\. Space plays and pauses/,
    )
    await workbench.changes(player.locator('.frame canvas'), () => time.press('PageUp'))
    await workbench.choose(player.getByRole('combobox', { name: 'Window' }), 'everything')
    await time.press('End')
    await player.getByRole('img', { name: /^100,000 events up to 300\.0 ms/ }).waitFor()
    await workbench.choose(player.getByRole('combobox', { name: 'Window' }), '20 ms')
    await frameOf(player).press('Home')
    await frame.waitFor()
    await frameOf(player).press('ArrowRight')
    await player.getByRole('img', { name: /^[\d,]+ events up to 40\.0 ms: / }).waitFor()
    await frameOf(player).press('Space')
    await player.getByRole('button', { name: 'Pause' }).waitFor()
    await frameOf(player).press('Space')
    await player.getByRole('button', { name: 'Play' }).waitFor()

    await player.getByText('x, y, t', { exact: true }).click()
    const cloud = player.getByRole('application')
    const picture = cloud.locator('canvas')
    await workbench.changes(picture, () => cloud.press('ArrowLeft'))
    await workbench.changes(picture, () => cloud.press('+'))
    await player.getByRole('button', { name: 'Play' }).click()
    const before = await time.inputValue()
    await workbench.until(async () => (await time.inputValue()) !== before)
    await player.getByRole('button', { name: 'Pause' }).click()
    await workbench.picture('recording')
    expect(workbench.complaints).toEqual([])
  })

  test('is transformed before the eyes, and the experiment gets the transforms', async ({ workbench }) => {
    await addRecordings(workbench, 3000)
    await stage(workbench, 'Transforms').click()
    const panel = workbench.panel('Transforms')
    await panel.getByText('2×34×34, 3,000 events').first().waitFor()
    const add = panel.getByRole('combobox', { name: 'Add a transform' })
    await workbench.choose(add, 'centre crop')
    const after = panel.locator('figure', { hasText: 'After' })
    await after.getByText(/^2×28×28, /).waitFor()
    await workbench.choose(add, 'merge polarities')
    await after.getByText(/^1×28×28, /).waitFor()
    await panel.getByRole('button', { name: 'Move merge polarities up' }).click()
    await panel.getByRole('listitem').first().getByText('3,000 events left').waitFor()
    await panel.getByRole('textbox', { name: 'Width' }).fill('0')
    await panel
      .getByText(/Width .*0/)
      .first()
      .waitFor()
    expect(await panel.getByRole('button', { name: 'Use in experiment' }).isDisabled()).toBe(true)
    await panel.getByRole('textbox', { name: 'Width' }).fill('20')
    await after.getByText(/^1×28×20, /).waitFor()
    await panel.getByRole('button', { name: 'Use in experiment' }).click()
    await panel.getByText('as in the experiment').waitFor()
    await workbench.picture('transforms')

    await workbench.go('Train')
    const parameters = workbench.panel('Parameters')
    const listed = parameters.getByRole('list', { name: /^Transforms/ }).getByRole('listitem')
    await workbench.until(async () => (await listed.count()) === 2)
    await parameters.getByRole('button', { name: 'Remove merge polarities' }).click()
    await workbench.go('Data')
    await panel.getByText('as in the experiment').waitFor()
    expect(await panel.getByRole('listitem').count()).toBe(1)
    expect(workbench.complaints).toEqual([])
  })
})

describe('the grid of recordings', () => {
  test('shows their events, leaves one class, and goes to the end by a key', async ({ workbench }) => {
    await addRecordings(workbench, 200)
    const samples = workbench.panel('Samples')
    const grid = workbench.page.getByRole('listbox', { name: 'Samples' })
    const first = grid.locator('canvas').first()
    const colours = await first.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      }
      const found = new Set<string>()
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] === 255) found.add([data[i], data[i + 1], data[i + 2]].join(' '))
      }
      return found.size
    })
    // The ground, ON and OFF.
    expect(colours).toBeGreaterThanOrEqual(3)
    await grid.focus()
    await workbench.page.keyboard.press('End')
    await samples.getByRole('option', { name: /^sample 79, / }).waitFor()
    await workbench.choose(samples.getByRole('combobox', { name: 'Class' }), 'b')
    await workbench.until(async () => {
      const names = await samples
        .getByRole('option', { name: /^sample \d+, / })
        .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-label')))
      return names.length > 20 && names.every((name) => name?.endsWith(', b'))
    })
    expect(workbench.complaints).toEqual([])
  })
})
