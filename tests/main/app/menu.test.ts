import { describe, expect, it, vi } from 'vitest'
import type { MenuItemConstructorOptions } from 'electron'
import { commands } from '../../../src-shared/commands.ts'
import { acceleratorOf } from '../../../src-main/app/accelerator.ts'
import type { Language } from '../../../src-shared/languages/index.ts'
import { menuTemplate, type MenuActions } from '../../../src-main/app/menu.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))

function template(
  platform: NodeJS.Platform,
  packed = true,
  recent: string[] = [],
  language: Language = 'en',
) {
  const done: string[] = []
  const actions: MenuActions = {
    command: (id) => done.push(id),
    addFolder: () => done.push('folder'),
    addFile: () => done.push('file'),
    openCheckpoint: () => done.push('checkpoint'),
    openRecent: (path) => done.push(path),
    clearRecent: () => done.push('clear'),
  }
  return { menus: menuTemplate({ language, platform, packed, recent }, actions), done }
}

function items(menus: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return menus.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])])
}

function click({ click }: MenuItemConstructorOptions): void {
  ;(click as (() => void) | undefined)?.()
}

describe.each(['linux', 'win32', 'darwin'] as const)('the menu on %s', (platform) => {
  it('has every command once, and hands each to the page', () => {
    const { menus, done } = template(platform)
    const found = items(menus).filter(({ id }) => id !== undefined)
    expect(found.map(({ id }) => id).sort()).toEqual(commands.map(({ id }) => id).sort())
    found.forEach(click)
    expect(done.sort()).toEqual(commands.map(({ id }) => id).sort())
  })

  it('shows the keys and leaves hearing them to the page', () => {
    for (const item of items(template(platform).menus).filter(({ id }) => id !== undefined))
      expect(item.registerAccelerator).toBe(false)
  })

  it('has what the system wants of an application', () => {
    const roles = items(template(platform).menus).flatMap(({ role }) => (role ? [role] : []))
    for (const role of ['quit', 'copy', 'paste', 'togglefullscreen', 'windowMenu', 'help'] as const)
      expect(roles).toContain(role)
    expect(roles.includes('appMenu')).toBe(platform === 'darwin')
    expect(roles).not.toContain('toggleDevTools')
    expect(items(template(platform, false).menus).map(({ role }) => role)).toContain('toggleDevTools')
  })
})

describe('recent files', () => {
  it('are listed, opened and cleared', () => {
    const { menus, done } = template('linux', true, ['/data/a', '/data/b'])
    items(menus)
      .filter(({ label }) => label?.startsWith('/data') || label === 'Clear Recent')
      .forEach(click)
    expect(done).toEqual(['/data/a', '/data/b', 'clear'])
    expect(items(template('linux').menus).find(({ label }) => label === 'No Recent Files')?.enabled).toBe(
      false,
    )
  })
})

describe('the language of the menu', () => {
  const labels = (language: Language, platform: NodeJS.Platform): string[] =>
    items(template(platform, false, [], language).menus).flatMap(({ label }) => label ?? [])

  it.each(['ko', 'zh'] as const)('is that of the system: %s', (language) => {
    const script = language === 'ko' ? /\p{Script=Hangul}/u : /\p{Script=Han}/u
    for (const platform of ['linux', 'darwin'] as const) {
      const shown = labels(language, platform)
      expect(shown).toHaveLength(labels('en', platform).length)
      expect(shown.filter((label) => label !== 'Spikedesk' && !script.test(label))).toEqual([])
    }
  })

  it('names every item, also those that the system acts on', () => {
    for (const item of items(template('darwin', false).menus)) {
      if (item.type !== 'separator') expect(item.label, item.role).toBeTruthy()
    }
    expect(labels('ko', 'linux')).toEqual(
      expect.arrayContaining(['파일', '데이터 화면으로 이동', '잘라내기']),
    )
  })
})

describe('accelerators', () => {
  it.each([
    ['Mod+Shift+Z', 'CmdOrCtrl+Shift+Z'],
    ['Alt+1', 'Alt+1'],
    ['Mod+,', 'CmdOrCtrl+,'],
    ['Mod+Enter', 'CmdOrCtrl+Enter'],
    ['Space', undefined],
    ['?', undefined],
    [undefined, undefined],
  ])('%s is %s', (keys, accelerator) => expect(acceleratorOf(keys)).toBe(accelerator))
})
