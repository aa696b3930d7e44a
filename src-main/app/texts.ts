/** What the shell itself says; the page has its own tables. */
export const texts = {
  name: 'Spikedesk',
  alreadyOpen: 'Spikedesk is already open; its window was brought to the front.',
  closingTitle: 'A run is still training',
  closingDetail:
    'It can go on without the window; open Spikedesk again to see it. Or it stops now, saves a checkpoint, and can be continued later.',
  keepRunning: 'Keep running',
  stopAndSave: 'Stop and save',
  cancel: 'Cancel',
  runDone: (accuracy: number | null): string =>
    accuracy === null
      ? 'Training is done.'
      : `Training is done, test accuracy ${(accuracy * 100).toFixed(2)} %.`,
  runInterrupted: 'Training was interrupted; it can be continued from its last checkpoint.',
  menu: {
    file: 'File',
    edit: 'Edit',
    go: 'Go',
    run: 'Run',
    view: 'View',
    help: 'Help',
    addFolder: 'Add Dataset Folder…',
    addFile: 'Add Dataset File…',
    recent: 'Open Recent',
    noRecent: 'No Recent Datasets',
    clearRecent: 'Clear Recent',
  },
} as const
