import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { forkCompute } from '../../../src-main/workbench/channels/childProcess.ts'
import { inProcessChannels } from '../../../src-main/workbench/channels/inProcess.ts'
import { webSocketChannel } from '../../../src-main/workbench/channels/webSocket.ts'

test('in process: messages are copies, arrive after the call, in order, until one end closes', async () => {
  const [page, workbench] = inProcessChannels<number[], number[]>()
  const received: number[][] = []
  let closed = 0
  workbench.onMessage((message) => received.push(message))
  workbench.onClose(() => closed++)
  page.onClose(() => closed++)
  const sent = [1]
  page.post(sent)
  sent.push(2)
  page.post(sent)
  expect(received).toEqual([])
  await Promise.resolve()
  expect(received).toEqual([[1], [1, 2]])
  page.post([3])
  page.close()
  workbench.close()
  await Promise.resolve()
  expect([received.length, closed]).toEqual([2, 2])
})

test('over a WebSocket: a page that never reads is cut off before it fills the memory', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  const sockets = new WebSocketServer({ server })
  await new Promise((resolve) => server.once('listening', resolve))
  const connected = new Promise<WebSocket>((resolve) => sockets.once('connection', resolve))
  const page = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await new Promise((resolve) => page.once('open', resolve))
  page.pause()
  const socket = await connected
  const channel = webSocketChannel(socket)
  const cut = new Promise<void>((resolve) => channel.onClose(resolve))
  const losses = new Float32Array(2 ** 20)
  let sent = 0
  while (socket.readyState === WebSocket.OPEN && sent < 100) {
    channel.post({ type: 'response', id: sent++, result: losses })
  }
  await cut
  expect(sent).toBeLessThan(30)
  page.terminate()
  sockets.close()
  server.close()
})

test('a compute process that cannot open its workspace says why in its last words', async () => {
  const child = forkCompute('/dev/null', 'data')
  const reason = await new Promise<string>((resolve) => child.onExit(resolve))
  expect(reason).toMatch(/^exit code 70: The workspace \/dev\/null cannot be written/)
})
