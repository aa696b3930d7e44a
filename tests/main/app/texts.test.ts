import { beforeEach, describe, expect, it, vi } from 'vitest'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { languages } from '../../../src-shared/languages/index.ts'
import { errorWords, shellTexts, systemLanguage, texts } from '../../../src-main/app/texts/index.ts'
import * as fake from './fakeElectron.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))

function leaves(value: object): string[] {
  return Object.entries(value).flatMap(([key, entry]: [string, unknown]) =>
    typeof entry === 'object' && entry !== null ? leaves(entry).map((leaf) => `${key}.${leaf}`) : [key],
  )
}

beforeEach(() => fake.reset())

describe('the shell', () => {
  it('speaks the first language of the system that there is', () => {
    fake.app.languages = ['fr-FR', 'zh-Hans-CN', 'ko-KR']
    expect(systemLanguage()).toBe('zh')
    expect(texts()).toBe(shellTexts.zh)
    fake.app.languages = ['fr-FR']
    expect(systemLanguage()).toBe('en')
  })

  it.each(languages)('has every text in $id', ({ id }) => {
    expect(leaves(shellTexts[id])).toEqual(leaves(shellTexts.en))
    expect(shellTexts[id].runDone('93.12')).toMatch(/93\.12\s?%/)
    expect(shellTexts[id].runDone(null)).not.toMatch(/null|%/)
  })

  it('words errors in that language', () => {
    const error = new SpikedeskError('dataset.unreadable', {
      path: '/data',
      reason: { phrase: 'reason.permission' },
    })
    expect(errorWords(error)).toBe(error.message)
    fake.app.languages = ['ko-KR']
    expect(errorWords(error)).toBe('/data 파일을 읽을 수 없습니다(권한이 없음). 파일과 권한을 확인하십시오.')
    expect(errorWords(new Error('boom'))).toBe('프로그램 내부에서 문제가 발생했습니다: boom')
  })
})
