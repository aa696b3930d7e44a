import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClientMessage, ServerMessage } from '../../../src-shared/contract.ts'
import { createBridge, type PageChannel } from '../../../src-renderer/bridge/client.ts'

/** The other end of a channel, in the hands of the test. */
function openEnd() {
  const sent: ClientMessage[] = []
  let receive: (message: ServerMessage) => void = () => undefined
  let lose: () => void = () => undefined
  const channel: PageChannel = {
    post: (message) => sent.push(message),
    onMessage: (listener) => (receive = listener),
    onClose: (listener) => (lose = listener),
    close: () => undefined,
  }
  return { channel, sent, receive: (message: ServerMessage) => receive(message), lose: () => lose() }
}

const card = { id: 'digits' }

describe('the bridge', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('matches responses to requests, in whatever order they come', async () => {
    const end = openEnd()
    const bridge = createBridge(async () => end.channel)
    const runs = bridge.request('runs.list', {})
    const cards = bridge.request('datasets.list', {})
    await vi.advanceTimersByTimeAsync(0)
    expect(end.sent.map(({ name }) => name)).toEqual(['runs.list', 'datasets.list'])
    end.receive({ type: 'response', id: end.sent[1].id, result: [card] })
    end.receive({ type: 'response', id: end.sent[0].id, result: [] })
    expect(await cards).toEqual([card])
    expect(await runs).toEqual([])
  })

  it('rejects with the error that came back', async () => {
    const end = openEnd()
    const bridge = createBridge(async () => end.channel)
    await vi.advanceTimersByTimeAsync(0)
    const added = bridge.request('datasets.import', { job: 'a', path: '/nowhere', settings: {} })
    const error = { code: 'dataset.notFound', data: { path: '/nowhere' } } as const
    end.receive({ type: 'failure', id: end.sent[0].id, error })
    await expect(added).rejects.toMatchObject({ name: 'SpikedeskError', ...error })
  })

  it('hands events to those who listen, until they stop', async () => {
    const end = openEnd()
    const bridge = createBridge(async () => end.channel)
    await vi.advanceTimersByTimeAsync(0)
    const heard: unknown[] = []
    const stop = bridge.on('datasets.changed', (data) => heard.push(data.cards))
    end.receive({ type: 'event', name: 'datasets.changed', data: { cards: [card] } })
    end.receive({ type: 'event', name: 'run.changed', data: {} })
    stop()
    end.receive({ type: 'event', name: 'datasets.changed', data: { cards: [] } })
    expect(heard).toEqual([[card]])
  })

  it('rejects what was under way when the connection is lost, and connects again ever less often', async () => {
    const ends = [openEnd(), openEnd()]
    const tries: number[] = []
    const answers: (() => PageChannel)[] = [
      () => ends[0].channel,
      () => {
        throw new Error('refused')
      },
      () => ends[1].channel,
    ]
    const bridge = createBridge(async () => {
      tries.push(Date.now())
      return answers[tries.length - 1]()
    })
    const statuses: string[] = []
    bridge.onStatus((status) => statuses.push(status))
    await vi.advanceTimersByTimeAsync(0)
    const asked = bridge.request('runs.list', {})
    ends[0].lose()
    await expect(asked).rejects.toMatchObject({ code: 'host.disconnected' })
    await expect(bridge.request('runs.list', {})).rejects.toMatchObject({ code: 'host.disconnected' })
    await vi.advanceTimersByTimeAsync(5000)
    expect(tries.map((at) => at - tries[0])).toEqual([0, 250, 750])
    expect(statuses).toEqual(['open', 'lost', 'open'])
    void bridge.request('runs.list', {})
    expect(ends[1].sent).toHaveLength(1)
  })

  it('lets go of the channel when it is closed', async () => {
    const end = openEnd()
    let tries = 0
    const bridge = createBridge(async () => {
      tries++
      return end.channel
    })
    await vi.advanceTimersByTimeAsync(0)
    bridge.close()
    end.lose()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(tries).toBe(1)
  })
})
