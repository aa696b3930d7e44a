/** Errors that the page itself finds. */
export const pageErrors = {
  'host.disconnected':
    'The connection to the workbench was lost; the page connects again as soon as it answers. Training goes on.',
  'drop.noPath': 'The browser does not say where "{file}" lies; type its path instead.',
} as const
