import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { i18n, setLanguage } from '../../../src-renderer/i18n/index.ts'
import { useSettingsStore } from '../../../src-renderer/stores/settings.ts'
import SettingsView from '../../../src-renderer/views/settings/SettingsView.vue'
import { freshPage } from './page.fixture.ts'

/** The system wants these languages, best first. */
function systemWants(...languages: string[]): void {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages)
}

describe('the language of the page', () => {
  beforeEach(() => void freshPage())
  afterEach(() => {
    vi.restoreAllMocks()
    setLanguage('en')
  })

  it('begins as the first of the system that there is', () => {
    systemWants('fr-FR', 'zh-CN', 'ko-KR')
    expect(useSettingsStore().language).toBe('zh')
    expect(document.documentElement.lang).toBe('zh-Hans')
  })

  it('is the chosen one from then on', async () => {
    systemWants('ko-KR')
    useSettingsStore().language = 'zh'
    await nextTick()
    setActivePinia(createPinia())
    expect(useSettingsStore().language).toBe('zh')
  })

  it('is not one that nobody knows', () => {
    localStorage.setItem('spikedesk.settings', JSON.stringify({ language: 'tlh' }))
    systemWants('ko-KR')
    expect(useSettingsStore().language).toBe('ko')
  })

  it('changes what is on screen at once', async () => {
    systemWants('en-US')
    const settings = useSettingsStore()
    const wrapper = mount(SettingsView, { global: { plugins: [i18n] } })
    expect(wrapper.text()).toContain('Takes effect at once.')
    settings.language = 'ko'
    await nextTick()
    expect(wrapper.text()).toContain('바로 적용됩니다.')
    expect(wrapper.text()).not.toContain('Takes effect at once.')
    settings.language = 'zh'
    await nextTick()
    expect(wrapper.text()).toContain('立即生效。')
    wrapper.unmount()
  })
})
