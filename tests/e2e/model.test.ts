import { describe, expect } from 'vitest'
import { test, type WorkbenchPage } from './workbenchPage.ts'

const layers = ({ page }: WorkbenchPage) => page.getByRole('listbox', { name: 'Layers' })
const names = async (workbench: WorkbenchPage) =>
  layers(workbench)
    .getByRole('option')
    .evaluateAll((rows) => rows.map((row) => row.querySelector('.name')?.textContent))

describe('a wrong number', () => {
  test('marks its layer while it is typed, keeps its text and holds Start back', async ({ workbench }) => {
    await workbench.go('Model')
    const last = layers(workbench).getByRole('option', { name: /fc2/ })
    await last.click()
    const outputs = workbench.page.getByRole('textbox', { name: 'Outputs' })
    const reason = /has 1 outputs, but the dataset has 10 classes; set its outputs to 10/
    await outputs.fill('1')
    await workbench.panel('Layers').getByText(reason).waitFor()
    expect(await outputs.inputValue()).toBe('1')
    expect(await workbench.start.getAttribute('aria-disabled')).toBe('true')
    await workbench.start.hover()
    await workbench.page.getByRole('tooltip', { name: reason }).waitFor()

    await outputs.press('Tab')
    await outputs.fill('many')
    await last.getByText(/"many", which is not a number/).waitFor()
    expect(await outputs.inputValue()).toBe('many')
    expect(await outputs.getAttribute('aria-invalid')).toBe('true')

    await workbench.button('Undo').click()
    expect(await outputs.inputValue()).toBe('1')
    await workbench.button('Undo').click()
    await workbench.panel('Network').getByText('This can be trained.').waitFor()
    expect(await outputs.inputValue()).toBe('10')
    expect(await workbench.start.getAttribute('aria-disabled')).toBe('false')
  })
})

describe('by keyboard', () => {
  test('a layer is added, moved and deleted, and each of it undone', async ({ workbench }) => {
    const { keyboard } = workbench.page
    await workbench.go('Model')
    expect(await names(workbench)).toEqual(['flatten', 'fc1', 'lif1', 'fc2', 'lif2'])
    await layers(workbench).focus()
    await keyboard.press('Home')
    await keyboard.press('ArrowDown')
    await workbench.button('Add Linear').focus()
    await keyboard.press('Enter')
    await workbench.until(async () => (await names(workbench)).length === 6)
    const [, , added] = await names(workbench)
    await layers(workbench).focus()
    await keyboard.press('Alt+ArrowDown')
    expect(await names(workbench)).toEqual(['flatten', 'fc1', 'lif1', added, 'fc2', 'lif2'])
    await keyboard.press('Delete')
    expect(await names(workbench)).toEqual(['flatten', 'fc1', 'lif1', 'fc2', 'lif2'])
    await keyboard.press('ControlOrMeta+z')
    expect(await names(workbench)).toEqual(['flatten', 'fc1', 'lif1', added, 'fc2', 'lif2'])
    await keyboard.press('ControlOrMeta+z')
    expect(await names(workbench)).toEqual(['flatten', 'fc1', added, 'lif1', 'fc2', 'lif2'])
    await keyboard.press('ControlOrMeta+z')
    expect(await names(workbench)).toEqual(['flatten', 'fc1', 'lif1', 'fc2', 'lif2'])
    await keyboard.press('ControlOrMeta+Shift+z')
    expect((await names(workbench)).length).toBe(6)
  })
})

test('a neuron layer shows what one of its neurons does with a current', async ({ workbench }) => {
  await workbench.go('Model')
  await layers(workbench).getByRole('option', { name: /lif1/ }).click()
  const neuron = workbench.panel('Membrane of lif1')
  await neuron.getByText('6 spikes').waitFor()
  const current = neuron.getByRole('textbox', { name: 'Current' })
  await current.fill('1.2')
  await neuron.getByText('25 spikes').waitFor()
  await current.fill('strong')
  expect(await current.getAttribute('aria-invalid')).toBe('true')
  await current.fill('0.3')
  await workbench.page.getByRole('textbox', { name: 'Threshold' }).fill('100')
  await neuron.getByText('no spikes').waitFor()
})
