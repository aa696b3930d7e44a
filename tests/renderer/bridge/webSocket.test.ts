// @vitest-environment node
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import type { ServerMessage } from '../../../src-shared/contract.ts'
import { FrameReader, packMessage, splitMessage } from '../../../src-shared/frames.ts'
import { connectWebSocket } from '../../../src-renderer/bridge/webSocket.ts'

const servers: WebSocketServer[] = []

async function listen(): Promise<{ server: WebSocketServer; url: string }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  servers.push(server)
  await once(server, 'listening')
  return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/channel` }
}

describe('the WebSocket carrier', () => {
  afterEach(() => servers.splice(0).forEach((server) => server.close()))

  it('carries typed arrays both ways, those longer than a frame in parts', async () => {
    const { server, url } = await listen()
    const values = Float32Array.from({ length: 1_000_000 }, (_, i) => i / 3)
    const asked = new Promise<unknown>((resolve) => {
      server.on('connection', (socket) => {
        const reader = new FrameReader()
        socket.on('message', (data: Buffer) => {
          const complete = reader.accept(new Uint8Array(data))
          if (!complete) return
          resolve(complete.message)
          const response = { type: 'response', id: 7, result: { values } }
          for (const frame of splitMessage(packMessage(response))) socket.send(frame)
        })
      })
    })
    const channel = await connectWebSocket(url)
    const answer = new Promise<ServerMessage>((resolve) => channel.onMessage(resolve))
    channel.post({ type: 'request', id: 7, name: 'runs.list', params: { some: new Uint8Array([1, 2]) } })
    expect(await asked).toEqual({
      type: 'request',
      id: 7,
      name: 'runs.list',
      params: { some: new Uint8Array([1, 2]) },
    })
    const message = (await answer) as { result: { values: Float32Array } }
    expect(message.result.values).toBeInstanceOf(Float32Array)
    expect(message.result.values.length).toBe(values.length)
    expect(message.result.values.every((value, i) => value === values[i])).toBe(true)
    channel.close()
  })

  it('says when the connection ends', async () => {
    const { server, url } = await listen()
    server.on('connection', (socket) => socket.close())
    const channel = await connectWebSocket(url)
    await new Promise<void>((resolve) => channel.onClose(resolve))
  })

  it('ends the connection on a frame that cannot be read', async () => {
    const { server, url } = await listen()
    server.on('connection', (socket) =>
      setTimeout(() => socket.send(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9]))),
    )
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const channel = await connectWebSocket(url)
    channel.onMessage(() => expect.unreachable())
    await new Promise<void>((resolve) => channel.onClose(resolve))
    expect(said).toHaveBeenCalledOnce()
    said.mockRestore()
  })

  it('rejects where nobody answers', async () => {
    const { server, url } = await listen()
    server.close()
    await expect(connectWebSocket(url)).rejects.toThrow(url)
  })
})
