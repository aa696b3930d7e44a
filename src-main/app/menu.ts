import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { commands, type Command } from '../../src-shared/commands.ts'
import { languageTexts, type Language } from '../../src-shared/languages/index.ts'
import { acceleratorOf } from './accelerator.ts'
import type { MainWindow } from './mainWindow.ts'
import type { Openings } from './openings.ts'
import type { Recents } from './recents.ts'
import { programName, shellTexts, systemLanguage } from './texts/index.ts'
import type { MenuRole } from './texts/shellTexts.ts'

/** What the menu can do besides commands of the page. */
export interface MenuActions {
  command(id: string): void
  addFolder(): void
  addFile(): void
  openCheckpoint(): void
  openRecent(path: string): void
  clearRecent(): void
}

export interface MenuState {
  language: Language
  platform: NodeJS.Platform
  /** Whether the program is packed; only the unpacked one has developer tools. */
  packed: boolean
  recent: readonly string[]
}

const line: MenuItemConstructorOptions = { type: 'separator' }

/** The commands of one group. The page itself hears their keys, so the menu only shows them. */
function groupItems(
  group: Command['group'],
  language: Language,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const { commandLabels } = languageTexts[language]
  return commands
    .filter((command) => command.group === group)
    .map(({ id, keys }) => ({
      id,
      label: commandLabels[id],
      accelerator: acceleratorOf(keys[0]),
      registerAccelerator: false,
      click: () => actions.command(id),
    }))
}

function recentItems({ language, recent }: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const { noRecent, clearRecent } = shellTexts[language].menu
  if (recent.length === 0) return [{ label: noRecent, enabled: false }]
  const paths = recent.map((path) => ({ label: path, click: () => actions.openRecent(path) }))
  return [...paths, line, { label: clearRecent, click: () => actions.clearRecent() }]
}

/** The menu of a platform, built from the table of commands. */
export function menuTemplate(state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const mac = state.platform === 'darwin'
  const { menu, roles } = shellTexts[state.language]
  const role = (name: MenuRole): MenuItemConstructorOptions => ({ role: name, label: roles[name] })
  const group = (name: Command['group']) => groupItems(name, state.language, actions)
  const settings = group('go').filter(({ id }) => id === 'go.settings')
  const screens = group('go').filter(({ id }) => id !== 'go.settings')
  const edit = group('edit')
  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    label: programName,
    submenu: [
      role('about'),
      line,
      ...settings,
      line,
      role('services'),
      line,
      role('hide'),
      role('hideOthers'),
      role('unhide'),
      line,
      role('quit'),
    ],
  }
  return [
    ...(mac ? [appMenu] : []),
    {
      role: 'fileMenu',
      label: menu.file,
      submenu: [
        { label: menu.addFolder, accelerator: 'CmdOrCtrl+O', click: () => actions.addFolder() },
        { label: menu.addFile, click: () => actions.addFile() },
        { label: menu.openCheckpoint, click: () => actions.openCheckpoint() },
        { label: menu.recent, submenu: recentItems(state, actions) },
        line,
        ...(mac ? [] : [...settings, line]),
        role(mac ? 'close' : 'quit'),
      ],
    },
    {
      role: 'editMenu',
      label: menu.edit,
      submenu: [
        ...edit.slice(0, 2),
        line,
        role('cut'),
        role('copy'),
        role('paste'),
        role('selectAll'),
        line,
        ...edit.slice(2),
      ],
    },
    { label: menu.go, submenu: screens },
    { label: menu.run, submenu: group('run') },
    {
      role: 'viewMenu',
      label: menu.view,
      submenu: [
        ...group('view'),
        line,
        role('zoomIn'),
        role('zoomOut'),
        role('resetZoom'),
        line,
        role('togglefullscreen'),
        ...(state.packed ? [] : [line, role('reload'), role('toggleDevTools')]),
      ],
    },
    {
      role: 'windowMenu',
      label: menu.window,
      submenu: [role('minimize'), ...(mac ? [role('zoom'), line, role('front')] : [role('close')])],
    },
    { role: 'help', label: menu.help, submenu: group('help') },
  ]
}

/** Sets the application menu, and again whenever the recent files change. */
export function setupMenu(window: MainWindow, openings: Openings, recents: Recents): void {
  const actions: MenuActions = {
    command: (id) => window.command(id),
    addFolder: () => void openings.choose('openDirectory', 'data'),
    addFile: () => void openings.choose('openFile', 'data'),
    openCheckpoint: () => void openings.choose('openFile', 'inspector'),
    openRecent: (path) => void openings.open(path),
    clearRecent: () => recents.clear(),
  }
  const show = (): void => {
    const state = {
      language: systemLanguage(),
      platform: process.platform,
      packed: app.isPackaged,
      recent: recents.paths,
    }
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(state, actions)))
  }
  recents.onChange(show)
  show()
}
