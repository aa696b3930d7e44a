import { ipcMain, type IpcMainEvent, type WebContents } from 'electron'
import type { Channel, ServerMessage } from '../../src-shared/contract.ts'
import { channelNames } from './channelNames.ts'
import { pageOrigin } from './pageProtocol.ts'

type PageEnd = Channel<unknown, ServerMessage>

/** A page that is connected: its channel, and what the main process does with it. */
interface Connection {
  channel: PageEnd
  receive(message: unknown): void
  end(): void
}

/** Whether a message comes from the top frame of the window's page, and that is still our page. */
function isOwnPage({ senderFrame, sender }: IpcMainEvent, owns: (contents: WebContents) => boolean): boolean {
  return (
    senderFrame !== null && senderFrame.parent === null && senderFrame.origin === pageOrigin && owns(sender)
  )
}

function connectionTo(contents: WebContents): Connection {
  const messages: ((message: unknown) => void)[] = []
  const closes: (() => void)[] = []
  let open = true
  const end = (): void => {
    if (!open) return
    open = false
    for (const listener of closes) listener()
  }
  return {
    receive(message) {
      if (open) for (const listener of messages) listener(message)
    },
    end,
    channel: {
      post(message) {
        if (open && !contents.isDestroyed()) contents.send(channelNames.message, message)
      },
      onMessage: (listener) => messages.push(listener),
      onClose: (listener) => closes.push(listener),
      close: end,
    },
  }
}

/**
 * The one place where messages of a page are listened to. Each is checked for its sender; its content is checked
 * by the workbench. A page that is loaded anew gets a new channel.
 *
 * @param connect takes the workbench's end of each page's channel
 * @param owns whether web contents are those of the program's window
 */
export function setupPageChannel(
  connect: (channel: PageEnd) => void,
  owns: (contents: WebContents) => boolean,
): void {
  const connections = new WeakMap<WebContents, Connection>()

  function listen(name: string, listener: (contents: WebContents, message: unknown) => void): void {
    ipcMain.on(name, (event, message: unknown) => {
      if (isOwnPage(event, owns)) listener(event.sender, message)
      else console.error(`A message "${name}" was refused: it does not come from the program's page.`)
    })
  }

  listen(channelNames.connect, (contents) => {
    const earlier = connections.get(contents)
    earlier?.end()
    if (!earlier) {
      const end = (): void => connections.get(contents)?.end()
      contents.once('destroyed', end)
      contents.on('render-process-gone', end)
    }
    const connection = connectionTo(contents)
    connections.set(contents, connection)
    connect(connection.channel)
  })
  listen(channelNames.message, (contents, message) => connections.get(contents)?.receive(message))
}
