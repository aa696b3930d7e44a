import { describe, expect } from 'vitest'
import { fitProgram } from '../../src-main/runs/stepLimit.ts'
import { findPreset } from '../../src-shared/model/presets.ts'
import { test } from './workbenchPage.ts'

/** Whether an element is within the edges of what scrolls, with nothing over its last line. */
function isSeen(element: Element): boolean {
  const { left, bottom } = element.getBoundingClientRect()
  return document.elementFromPoint(left + 4, bottom - 4) === element
}

describe('a run', () => {
  test('is paused, resumed and stopped', async ({ workbench }) => {
    await workbench.train(100_000)
    await workbench.until(async () => (await workbench.batches()) > 63)
    await workbench.button(/^Pause/).click()
    await workbench.button(/^Resume/).waitFor()
    await workbench.state('paused')
    const recorded = async () => {
      await workbench.page.reload()
      await workbench.state('paused')
      await workbench.until(async () => (await workbench.batches()) > 0)
      return workbench.batches()
    }
    const paused = await recorded()
    expect(await recorded()).toBe(paused)
    await workbench.button(/^Resume/).click()
    await workbench.until(async () => (await workbench.batches()) > paused)
    await workbench.button('Stop').click()
    await workbench.state('stopped')
    const notice = workbench.page.getByRole('alert').filter({ hasText: 'The run was stopped in epoch' })
    expect(await notice.textContent()).toMatch(/of 100000; it can go on from the end of epoch \d+\./)
  })

  test('shows its whole history on a page that comes back, and goes on', async ({ workbench }) => {
    await workbench.train(100_000)
    await workbench.until(async () => (await workbench.batches()) > 63)
    const before = await workbench.batches()
    await workbench.page.reload()
    await workbench.chart(/^Loss per batch: \d/).waitFor()
    const after = await workbench.batches()
    expect(after).toBeGreaterThanOrEqual(before)
    const told = await workbench.told(/^Accuracy per epoch: \d/)
    const epochs = Number(/: (\d+) epochs?,/.exec(told)?.[1])
    // Losses come ten times a second, an epoch at once.
    await workbench.until(async () => (await workbench.batches()) >= 63 * epochs)
    await workbench.until(async () => (await workbench.batches()) > after)
    await workbench.state('running')
  })
})

describe('a parameter out of range', () => {
  test('is marked and said, not changed, and holds Start back', async ({ workbench }) => {
    await workbench.go('Train')
    const batch = workbench.panel('Parameters').getByRole('textbox', { name: 'Batch size' })
    await batch.fill('0')
    const sentence = workbench.panel('Parameters').getByText(/^Batch size is 0; it must be /)
    await workbench.until(() => sentence.evaluate(isSeen))
    await batch.press('Tab')
    expect(await batch.inputValue()).toBe('0')
    expect(await batch.getAttribute('aria-invalid')).toBe('true')
    expect(await workbench.start.getAttribute('aria-disabled')).toBe('true')
    await workbench.start.focus()
    await workbench.page.getByRole('tooltip', { name: /Batch size is 0; it must be/ }).waitFor()
    await batch.fill('64')
    expect(await workbench.start.getAttribute('aria-disabled')).toBe('false')
  })
})

describe('a run that needs more memory than it may take', () => {
  test('is refused before it starts, and starts when it is told to recompute', async ({ workbench }) => {
    const { page } = workbench
    const preset = findPreset('csnn-if')
    if (!preset) throw new Error('no preset csnn-if')
    const [most, least] = (['never', 'always'] as const).map(
      (recompute) => fitProgram({ ...preset.experiment, threads: 1, recompute }, Infinity).bytes,
    )
    const limit = String(Math.round((most + least) / 2 / 2 ** 20))
    await workbench.go('Settings')
    await page.getByRole('textbox', { name: 'Memory for training' }).fill(limit)
    await workbench.go('Model')
    await workbench.button('Presets').click()
    await page.getByRole('menuitem', { name: 'csnn-if' }).click()
    await workbench.go('Train')
    await workbench.set('Threads', '1')
    const parameters = workbench.panel('Parameters')
    await parameters.getByText(`may take ${limit} MiB. With recompute set to automatic`).waitFor()

    await workbench.start.click()
    const refusal = page.getByRole('alert').filter({ hasText: `may take ${limit} MiB` })
    await refusal.waitFor()
    await workbench.picture('memory-refused')
    await refusal.getByRole('button', { name: 'Recompute and start' }).click()
    await workbench.state('running')
    await refusal.waitFor({ state: 'detached' })
    await parameters.getByText('may take').waitFor({ state: 'detached' })
    expect(await parameters.getByRole('combobox', { name: 'Recompute' }).textContent()).toBe('automatic')
    await workbench.button('Stop').click()
    await workbench.state('stopped')
    expect(workbench.complaints).toEqual([])
  })
})
