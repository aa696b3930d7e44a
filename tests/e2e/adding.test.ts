import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { writeEventFolder } from './eventFolder.ts'
import { writeSmallDataset } from './smallDataset.ts'
import { test, type WorkbenchPage } from './workbenchPage.ts'

const label = 'Path of a folder or file with a dataset'

async function add(workbench: WorkbenchPage, path: string): Promise<void> {
  await workbench.page.getByLabel(label).fill(path)
  await workbench.button('Add').click()
}

/** What imports have left in the workspace. */
const imported = (workbench: WorkbenchPage): string[] => {
  const folder = join(workbench.folder, 'datasets')
  return existsSync(folder) ? readdirSync(folder) : []
}

describe('an import of recordings', () => {
  test('tells how far it is, and leaves nothing when it is cancelled', async ({ workbench }) => {
    const folder = writeEventFolder(join(workbench.folder, 'many'), { classes: 2, each: 3000, events: 3000 })
    await add(workbench, folder)
    const datasets = workbench.panel('Datasets')
    const bar = datasets.getByRole('progressbar', { name: 'Importing many' })
    await workbench.until(async () => Number(await bar.getAttribute('aria-valuenow')) > 0)
    await datasets.getByText(/^[\d,]+ of 12,000 samples · [\d.]+ [KM]iB$/).waitFor()
    await datasets.getByText(/^[\d.]+ [KM]iB\/s · .+ left$/).waitFor()
    await workbench.picture('importing')
    const field = workbench.page.getByLabel(label)
    const focused = field.and(workbench.page.locator(':focus'))
    await focused.waitFor()
    // Escape is for what lies over the page; an import goes on.
    const before = Number(await bar.getAttribute('aria-valuenow'))
    await workbench.page.keyboard.press('Escape')
    await workbench.until(async () => Number(await bar.getAttribute('aria-valuenow')) > before)
    await workbench.button('Cancel: many').press('Enter')
    await bar.waitFor({ state: 'detached' })
    await focused.waitFor()
    expect(imported(workbench)).toEqual([])
    expect(await datasets.getByRole('alert').count()).toBe(0)
    expect(await datasets.getByRole('button', { name: /many.*\d/ }).count()).toBe(0)
  })

  test('names damaged files, and goes on without them when told to', async ({ workbench }) => {
    const folder = join(workbench.folder, 'hurt')
    await add(workbench, writeEventFolder(folder, { classes: 2, each: 4, events: 50, damaged: 3 }))
    const dialogue = workbench.page.getByRole('dialog', { name: 'Some samples are not in order' })
    await dialogue.getByText('3 of the 16 samples of').waitFor()
    expect(await dialogue.getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining(join('Train', 'a', '00000.bin')),
      expect.stringContaining(join('Train', 'a', '00001.bin')),
      expect.stringContaining(join('Train', 'a', '00002.bin')),
    ])
    expect(imported(workbench)).toEqual([])
    await workbench.picture('refused')
    await workbench.page.keyboard.press('Escape')
    await dialogue.waitFor({ state: 'detached' })
    await workbench.page.getByLabel(label).and(workbench.page.locator(':focus')).waitFor()
    await add(workbench, folder)
    await dialogue.getByRole('button', { name: 'Leave them out' }).click()
    const card = workbench.panel('hurt')
    await card.getByText('3 damaged: left out').click()
    await card.getByText(join('Train', 'a', '00002.bin')).waitFor()
    await card.getByText('34 × 34 pixels, 2 polarities').waitFor()

    await card.getByRole('button', { name: 'More about hurt' }).click()
    await workbench.page.getByRole('menuitem', { name: 'Verify the files' }).click()
    await card.getByText(/^Verified: all \d files are as they were added/).waitFor()
    await card.getByRole('button', { name: 'More about hurt' }).click()
    await workbench.page.getByRole('menuitem', { name: 'Take off the list' }).click()
    await card.waitFor({ state: 'detached' })
    expect(imported(workbench)).toEqual([])
    expect(workbench.complaints).toEqual([])
  })

  test('follows the settings of imports', async ({ workbench }) => {
    await workbench.button('More ways to add').click()
    await workbench.page.getByRole('menuitem', { name: 'Settings of imports…' }).click()
    const settings = workbench.page.getByRole('dialog', { name: 'Settings of imports' })
    await settings.getByLabel('First saccade only').click()
    await settings.getByRole('textbox', { name: 'Test share' }).fill('2')
    const done = settings.getByRole('button', { name: 'Done' })
    await workbench.until(() => done.isDisabled())
    await settings.getByRole('textbox', { name: 'Test share' }).fill('0.1')
    await done.click()
    await workbench.button('1 setting of imports changed').waitFor()
    await add(
      workbench,
      writeEventFolder(join(workbench.folder, 'first'), { classes: 2, each: 1, events: 90 }),
    )
    // The first 100 of 300 ms: a third of the events of each of four recordings.
    const card = workbench.panel('first')
    await card.getByText(/^4 without some events: as the settings ask for/).waitFor()
    await card.getByRole('term').filter({ hasText: 'Events per recording' }).waitFor()
    expect(
      await card
        .locator('div', { hasText: /^Events per recording/ })
        .locator('dd')
        .textContent(),
    ).toBe('30')
  })
})

describe('files that are dropped in a browser', () => {
  test('are copied into the workspace and added, wherever they are dropped', async ({ workbench }) => {
    const folder = writeSmallDataset(join(workbench.folder, 'small'), 40)
    await workbench.go('Runs')
    await workbench.dropFiles(readdirSync(folder).map((name) => join(folder, name)))
    await workbench.page.getByRole('main', { name: 'Data' }).waitFor()
    const entry = workbench.panel('Datasets').getByRole('button', { name: /40 \+ 20/ })
    await entry.and(workbench.page.locator('[aria-current]')).waitFor()
    const tiles = workbench.panel('Samples').getByRole('option', { name: /^sample \d+, [01]$/ })
    await workbench.until(async () => (await tiles.count()) === 40)
    expect(readdirSync(join(workbench.folder, 'uploads'))).toHaveLength(1)
    expect(workbench.complaints).toEqual([])
  })

  test('that are no dataset are refused in one sentence, and not kept', async ({ workbench }) => {
    await workbench.dropFiles([join(import.meta.dirname, 'adding.test.ts')])
    await workbench
      .panel('Datasets')
      .getByRole('alert')
      .getByText(/adding\.test\.ts looks like/)
      .waitFor()
    expect(readdirSync(join(workbench.folder, 'uploads'))).toEqual([])
  })

  test('a folder can be picked in a dialogue instead', async ({ workbench }) => {
    const folder = writeEventFolder(join(workbench.folder, 'picked'), { classes: 2, each: 2, events: 40 })
    const input = workbench.page.locator('input[type=file][webkitdirectory]')
    await input.setInputFiles(folder)
    await workbench.panel('picked').getByText('34 × 34 pixels, 2 polarities').waitFor()
    expect(readdirSync(join(workbench.folder, 'uploads'))).toEqual([])
  })
})
