import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { errorSentence } from '../../../src-shared/errors/index.ts'
import { maxFrameBytes, packMessage, splitMessage } from '../../../src-shared/frames.ts'
import { startHost, tinyExperiment, type TestHost } from './testHost.ts'
import { TestPage } from './testPage.ts'

let host: TestHost
let page: TestPage

beforeAll(async () => {
  host = await startHost()
})
afterAll(() => host.close())
beforeEach(async () => {
  page = await TestPage.open(host.url)
})
afterEach(() => page.close())

async function refusal(message: unknown): Promise<string> {
  const answer = await page.send(message)
  if (answer.type !== 'failure') throw new Error('it was not refused')
  return errorSentence(answer.error.code, answer.error.data)
}

describe('a request is refused', () => {
  test.each(['nothing.such', 'constructor', '__proto__', 'toString', 'close', ''])(
    'where its name is %j',
    async (name) => {
      expect(await refusal({ type: 'request', id: 7, name, params: {} })).toBe(
        `There is no request called "${name}".`,
      )
    },
  )

  test.each([
    ['nothing but null', null],
    ['a list', []],
    ['a text', 'request'],
    ['no name', { type: 'request', id: 7, params: {} }],
    ['another type', { type: 'event', id: 7, name: 'app.info', params: {} }],
    ['a negative id', { type: 'request', id: -1, name: 'app.info', params: {} }],
    ['a fraction as its id', { type: 'request', id: 0.5, name: 'app.info', params: {} }],
    ['something more', { type: 'request', id: 7, name: 'app.info', params: {}, token: 'x' }],
    ['a name without end', { type: 'request', id: 7, name: 'x'.repeat(5000), params: {} }],
  ])('where it is %s', async (_, message) => {
    expect(await refusal(message)).toMatch(/^The request "" is not valid: /)
  })

  test.each([
    ['runs.history', {}, 'run: '],
    ['runs.history', { run: '' }, 'run: '],
    ['runs.rename', { run: 'a', name: 'x'.repeat(201) }, 'name: '],
    ['datasets.samples', { id: 'digits', split: 'all', offset: 0, count: 1, label: null }, 'split: '],
    ['datasets.samples', { id: 'digits', split: 'test', offset: -1, count: 1, label: null }, 'offset: '],
    ['datasets.samples', { id: 'digits', split: 'test', offset: 0, count: 1e9, label: null }, 'count: '],
    ['app.info', { more: 1 }, ''],
    ['training.start', { experiment: { ...tinyExperiment(), epochs: '2' } }, 'experiment.epochs: '],
    ['training.start', { experiment: { ...tinyExperiment(), version: 1000 } }, 'experiment.version: '],
    ['training.start', { experiment: { ...tinyExperiment(), threads: NaN } }, 'experiment.threads: '],
  ])('%s with %j', async (name, params, place) => {
    expect(await refusal({ type: 'request', id: 7, name, params })).toContain(
      `The request "${name}" is not valid: ${place}`,
    )
  })
})

describe('what is no frame', () => {
  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('{"type":"request","id":1,"name":"app.info","params":{}}')],
    ['noise', Uint8Array.from({ length: 4096 }, (_, i) => (i * 131) & 255)],
    ['a frame cut short', packMessage({ type: 'request', id: 1, name: 'app.info', params: {} }).slice(0, -1)],
    ['a frame with broken JSON', Uint8Array.from([0x53, 0x4b, 1, 1, 2, 0, 0, 0, 0x7b, 0x7b])],
    ['a part of a message that is too long', splitMessage(packMessage(new Uint8Array(2 ** 21)))[0]],
  ])('is answered by a failure, and the page may go on: %s', async (_, bytes) => {
    expect(await page.sendBytes(bytes)).toMatchObject({
      type: 'failure',
      id: 0,
      error: { code: 'message.unreadable' },
    })
    expect(await page.request('runs.list', {})).toEqual([])
  })

  test('above 1 MiB ends its own connection and no other', async () => {
    const other = await TestPage.open(host.url)
    const closed = new Promise((resolve) => page.socket.once('close', resolve))
    page.socket.send(new Uint8Array(maxFrameBytes + 1))
    expect(await closed).toBe(1009)
    expect(await other.request('runs.list', {})).toEqual([])
    await other.close()
  })
})

test('a page that leaves in the middle of a request disturbs nobody', async () => {
  const other = await TestPage.open(host.url)
  void page.request('datasets.list', {})
  page.socket.terminate()
  expect((await other.request('datasets.list', {})).length).toBe(2)
  await other.close()
})
