/** What the preload and the main process call their messages. Nothing else is ever listened to. */
export const channelNames = {
  /** Page to main: a new document wants to talk; what an earlier one had open is closed. */
  connect: 'spikedesk:connect',
  /** Both ways: messages of `src-shared/contract.ts`. */
  message: 'spikedesk:message',
  /** Main to page: a command of `src-shared/commands.ts` from the menu. */
  command: 'spikedesk:command',
  /** Main to page: a file to open, see `src-shared/fileScreens.ts`. */
  open: 'spikedesk:open',
} as const
