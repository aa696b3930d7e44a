import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { commands, type Command } from '../../src-shared/commands.ts'
import { acceleratorOf } from './accelerator.ts'
import type { DatasetOpening } from './datasetOpening.ts'
import type { MainWindow } from './mainWindow.ts'
import type { Recents } from './recents.ts'
import { texts } from './texts.ts'

/** What the menu can do besides commands of the page. */
export interface MenuActions {
  command(id: string): void
  addFolder(): void
  addFile(): void
  openRecent(path: string): void
  clearRecent(): void
}

export interface MenuState {
  platform: NodeJS.Platform
  /** Whether the program is packed; only the unpacked one has developer tools. */
  packed: boolean
  recent: readonly string[]
}

const line: MenuItemConstructorOptions = { type: 'separator' }

/** The commands of one group. The page itself hears their keys, so the menu only shows them. */
function groupItems(group: Command['group'], actions: MenuActions): MenuItemConstructorOptions[] {
  return commands
    .filter((command) => command.group === group)
    .map(({ id, label, keys }: Command) => ({
      id,
      label,
      accelerator: acceleratorOf(keys[0]),
      registerAccelerator: false,
      click: () => actions.command(id),
    }))
}

function recentItems(recent: readonly string[], actions: MenuActions): MenuItemConstructorOptions[] {
  if (recent.length === 0) return [{ label: texts.menu.noRecent, enabled: false }]
  const paths = recent.map((path) => ({ label: path, click: () => actions.openRecent(path) }))
  return [...paths, line, { label: texts.menu.clearRecent, click: () => actions.clearRecent() }]
}

/** The menu of a platform, built from the table of commands. */
export function menuTemplate(state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const mac = state.platform === 'darwin'
  const { menu } = texts
  const settings = groupItems('go', actions).filter(({ id }) => id === 'go.settings')
  const screens = groupItems('go', actions).filter(({ id }) => id !== 'go.settings')
  const edit = groupItems('edit', actions)
  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    label: texts.name,
    submenu: [
      { role: 'about' },
      line,
      ...settings,
      line,
      { role: 'services' },
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      { role: 'quit' },
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
        { label: menu.recent, submenu: recentItems(state.recent, actions) },
        line,
        ...(mac ? [] : [...settings, line]),
        { role: mac ? 'close' : 'quit' },
      ],
    },
    {
      role: 'editMenu',
      label: menu.edit,
      submenu: [
        ...edit.slice(0, 2),
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        line,
        ...edit.slice(2),
      ],
    },
    { label: menu.go, submenu: screens },
    { label: menu.run, submenu: groupItems('run', actions) },
    {
      role: 'viewMenu',
      label: menu.view,
      submenu: [
        ...groupItems('view', actions),
        line,
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        line,
        { role: 'togglefullscreen' },
        ...(state.packed ? [] : [line, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', label: menu.help, submenu: groupItems('help', actions) },
  ]
}

/** Sets the application menu, and again whenever the recent datasets change. */
export function setupMenu(window: MainWindow, datasets: DatasetOpening, recents: Recents): void {
  const actions: MenuActions = {
    command: (id) => window.command(id),
    addFolder: () => void datasets.choose('openDirectory'),
    addFile: () => void datasets.choose('openFile'),
    openRecent: (path) => void datasets.open(path),
    clearRecent: () => recents.clear(),
  }
  const show = (): void => {
    const state = { platform: process.platform, packed: app.isPackaged, recent: recents.paths }
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(state, actions)))
  }
  recents.onChange(show)
  show()
}
