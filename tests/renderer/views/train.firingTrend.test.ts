import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { i18n } from '../../../src-renderer/i18n/index.ts'
import FiringTrend from '../../../src-renderer/views/train/FiringTrend.vue'

const drawn = (rates: number[]) => {
  const shown = mount(FiringTrend, { props: { rates }, global: { plugins: [i18n] } })
  return { line: shown.get('path').attributes('d'), words: shown.text() }
}

it('draws the rates from zero to the highest, which is said', () => {
  const { line, words } = drawn([0.1, 0.2, 0])
  expect(line).toBe('M0.00 12.00L50.00 1.00L100.00 23.00')
  expect(words).toContain('0–0.20')
})

it('draws a layer that never fires as a line at zero', () => {
  expect(drawn([0, 0]).line).toBe('M0.00 23.00L100.00 23.00')
})
