import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { writeTorch } from '../../src-main/checkpoints/writers/torchWriter.ts'
import { filled, leakyState, ramp, stateDict } from '../main/checkpoints/trees.ts'
import { test, type WorkbenchPage } from './workbenchPage.ts'

async function inspect({ page }: WorkbenchPage, path: string, tab: string): Promise<void> {
  await page.evaluate(
    (hash) => (window.location.hash = hash),
    `#/inspector?${new URLSearchParams({ path, tab })}`,
  )
}

test('a state dict is asked about, evaluated down to one sample, and trained on', async ({ workbench }) => {
  const { page } = workbench
  const path = join(workbench.folder, 'dense.pth')
  const weights = { 'fc1.weight': ramp(10, 784), 'fc1.bias': filled(0, 10), ...leakyState('lif1') }
  writeTorch(path, stateDict(weights))
  await inspect(workbench, path, 'network')

  const equations = workbench.panel('Equations of the neurons')
  await equations.locator('math').first().waitFor()
  expect(await equations.locator('math').allTextContents()).toContain('U[t]=0.9·U[t−1]+I[t]−R[t]·1')
  await workbench.button('3 questions open').click()
  const dialog = page.getByRole('dialog', { name: 'What the file does not say' })
  const steps = dialog.getByRole('textbox', { name: /^Time steps/ })
  await steps.fill('0')
  expect(await workbench.button('Take these').isDisabled()).toBe(true)
  await steps.fill('4')
  await dialog.getByRole('switch', { name: /^Delayed reset/ }).click()
  await workbench.button('Take these').click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('T = 4').waitFor()
  expect(await equations.locator('math').allTextContents()).toContain('U[t]=H[t]−(S[t]−R[t])·1')

  await workbench.button('Evaluation').click()
  await workbench.button('Evaluate').click()
  const result = workbench.panel(/ of 2,000 correct/)
  await result.waitFor()
  const cells = result.getByRole('button', { name: /of true class/ })
  const counts = (await cells.allTextContents()).map((text) => Number(text.replace(/\D/g, '')))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2000)
  const cell = result.getByRole('button', { name: /of true class 3 predicted/, disabled: false }).first()
  const told = (await cell.getAttribute('aria-label')) ?? ''
  const [, predicted] = /predicted as (\d)/.exec(told) ?? []
  await cell.click()
  await workbench.chart(/^lif1: .* over 4 steps/).waitFor()
  const verdict = predicted === '3' ? 'Right: 3.' : `Wrong: ${predicted} instead of 3.`
  await workbench.panel('Sample').getByText(verdict).waitFor()

  await page.reload()
  await page.getByText('T = 4').waitFor()
  await workbench.button('Train on').click()
  await page
    .getByRole('dialog')
    .getByRole('textbox', { name: /^Epochs/ })
    .fill('1')
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
  await workbench.state('done')
  await page.getByRole('main', { name: 'Train' }).waitFor()
  expect(workbench.complaints).toEqual([])
})

test('two epochs of a run are compared, and the network is written in another format', async ({
  workbench,
}) => {
  const { page } = workbench
  await workbench.train(2)
  await workbench.state('done')
  const runs = join(workbench.folder, 'runs')
  const folder = join(runs, readdirSync(runs)[0], 'checkpoints')
  await inspect(workbench, join(folder, 'epoch-0002.safetensors'), 'compare')
  await workbench.button('Choose').click()
  await page.getByRole('menuitem', { name: 'Epoch 1 of this run' }).click()
  await workbench.chart(/^Singular values; largest: first \d/).waitFor()
  await workbench.chart(/^Changes of 78,400 elements from -/).waitFor()
  const tensors = workbench.panel('Tensors')
  expect(await tensors.getByRole('row', { name: /^lif1.beta/ }).textContent()).toContain('equal bit for bit')
  await tensors.getByRole('button', { name: 'fc2.weight', exact: true }).click()
  await workbench.chart(/^Changes of 1,000 elements/).waitFor()

  await page.getByRole('group', { name: 'View of the file' }).getByText('Network').click()
  await workbench.button('Export').click()
  await workbench.choose(page.getByRole('combobox', { name: 'Format' }), '.nir')
  await page.getByText(/NIR cannot say of layer "lif1" that its reset subtracts/).waitFor()
  expect(readdirSync(folder)).not.toContain('epoch-0002.nir')
  await workbench.button('Write').click()
  await page.getByText(/epoch-0002\.nir is written/).waitFor()
  await workbench.button('Write').click()
  await page.getByText(/epoch-0002\.nir exists already\. Replace it\?/).waitFor()
  await workbench.button('Replace').click()
  await page.getByText(/epoch-0002\.nir is written/).waitFor()
  expect(readdirSync(folder)).toContain('epoch-0002.nir')
  expect(workbench.complaints).toEqual([])
})
