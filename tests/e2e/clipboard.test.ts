import { expect } from 'vitest'
import { test } from './workbenchPage.ts'

test.for([
  ['where the page may write to it', false],
  ['where every permission is denied, as in the desktop window', true],
] as const)('a path is copied to the clipboard %s', async ([, denied], { workbench }) => {
  const { page } = workbench
  if (denied) {
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('denied', 'NotAllowedError'))
    })
  }
  await workbench.go('Settings')
  const copy = workbench.button('Copy path')
  await copy.click()
  await page.getByText('The path of the workspace is copied.').waitFor()
  expect(await copy.evaluate((button) => button === document.activeElement)).toBe(true)
  await workbench.go('Data')
  const path = page.getByLabel('Path of a folder or file with a dataset')
  await path.focus()
  await page.keyboard.press('ControlOrMeta+v')
  expect(await path.inputValue()).toBe(workbench.folder)
})
