import { expect } from 'vitest'
import { test } from './workbenchPage.ts'

test('the page speaks another language at once, with the fonts of it, and still does after a reload', async ({
  workbench,
}) => {
  const { page } = workbench
  const rail = page.getByRole('navigation')
  const lang = () => page.evaluate(() => document.documentElement.lang)
  await workbench.go('Settings')
  await workbench.choose(page.getByRole('combobox', { name: 'Language' }), '한국어')
  await rail.getByRole('link', { name: '데이터' }).waitFor()
  expect(await lang()).toBe('ko')

  await rail.getByRole('link', { name: '학습' }).click()
  const steps = page.getByRole('textbox', { name: '시간 스텝' })
  await steps.fill('0')
  await page.getByText('시간 스텝 값이 0입니다. 1 이상 10,000 이하여야 합니다.').first().waitFor()
  await workbench.picture('train-ko')
  await steps.fill('25')

  await page.reload()
  await rail.getByRole('link', { name: '설정' }).click()
  await workbench.choose(page.getByRole('combobox', { name: '언어' }), '简体中文')
  await rail.getByRole('link', { name: '数据' }).waitFor()
  expect(await lang()).toBe('zh-Hans')
  const font = await page.evaluate(() => getComputedStyle(document.body).fontFamily)
  expect(font).toContain('Noto Sans SC')
  await workbench.picture('settings-zh')
  expect(workbench.complaints).toEqual([])
})
