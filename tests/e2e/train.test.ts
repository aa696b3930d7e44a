import { describe, expect } from 'vitest'
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
