import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { ClientMessage, ServerMessage } from '../src-shared/contract.ts'
import type { FileToOpen } from '../src-shared/fileScreens.ts'
import { channelNames } from './app/channelNames.ts'

/**
 * Entry of the bridge: hands the page one channel and nothing of Electron. The page cannot choose what its
 * messages are called, and hears only what is meant for it.
 */
contextBridge.exposeInMainWorld('spikedesk', {
  post(message: ClientMessage): void {
    ipcRenderer.send(channelNames.message, message)
  },
  onMessage(listener: (message: ServerMessage) => void): void {
    ipcRenderer.on(channelNames.message, (_event, message: ServerMessage) => listener(message))
  },
  onCommand(listener: (id: string) => void): void {
    ipcRenderer.on(channelNames.command, (_event, id: string) => listener(id))
  },
  onOpen(listener: (file: FileToOpen) => void): void {
    ipcRenderer.on(channelNames.open, (_event, file: FileToOpen) => listener(file))
  },
  pathForFile(file: File): string {
    return webUtils.getPathForFile(file)
  },
})

ipcRenderer.send(channelNames.connect)
