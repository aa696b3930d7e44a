/** The menu items that Electron itself acts on; it names them in English alone. */
export type MenuRole =
  | 'about'
  | 'services'
  | 'hide'
  | 'hideOthers'
  | 'unhide'
  | 'quit'
  | 'close'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'zoomIn'
  | 'zoomOut'
  | 'resetZoom'
  | 'togglefullscreen'
  | 'minimize'
  | 'zoom'
  | 'front'
  | 'reload'
  | 'toggleDevTools'

/** What the shell itself says; the page has its own tables. */
export interface ShellTexts {
  readonly alreadyOpen: string
  readonly closingTitle: string
  readonly closingDetail: string
  readonly keepRunning: string
  readonly stopAndSave: string
  readonly cancel: string
  /** `accuracy` in percent, as text; null where there is none. */
  runDone(accuracy: string | null): string
  readonly runInterrupted: string
  readonly menu: Readonly<
    Record<
      | 'file'
      | 'edit'
      | 'go'
      | 'run'
      | 'view'
      | 'window'
      | 'help'
      | 'addFolder'
      | 'addFile'
      | 'openCheckpoint'
      | 'recent'
      | 'noRecent'
      | 'clearRecent',
      string
    >
  >
  readonly roles: Readonly<Record<MenuRole, string>>
}
