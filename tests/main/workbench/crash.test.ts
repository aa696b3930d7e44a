import { afterAll, beforeAll, expect, test } from 'vitest'
import { Workbench } from '../../../src-main/workbench/workbench.ts'
import { startHost, tinyExperiment, type TestHost } from './testHost.ts'
import { TestPage } from './testPage.ts'

let host: TestHost
let page: TestPage

beforeAll(async () => {
  host = await startHost()
  page = await TestPage.open(host.url)
})
afterAll(() => host.close())

test('a training process that dies leaves an interrupted run that can be continued', async () => {
  const { id } = await page.request('training.start', { experiment: tinyExperiment({ epochs: 100_000 }) })
  await page.event('run.changed', (run) => run.id === id && (run.checkpointEpoch ?? 0) >= 2)
  host.processes.get('training')?.kill()
  const interrupted = await page.event('run.changed', ({ state }) => state === 'interrupted')
  expect(interrupted).toMatchObject({
    id,
    error: { code: 'compute.crashed', data: { reason: 'signal SIGKILL' } },
  })
  expect(interrupted.checkpointEpoch).toBeGreaterThanOrEqual(2)
  expect(host.workbench.activeRun).toBeNull()
  expect((await page.request('datasets.list', {})).length).toBe(2)

  const epochs = (interrupted.checkpointEpoch ?? 0) + 2
  page.events.length = 0
  await page.request('training.continue', { run: id, epochs })
  const done = await page.event('run.changed', ({ state }) => state === 'done')
  expect(done).toMatchObject({ id, epoch: epochs, error: null })
  const history = await page.request('runs.history', { run: id })
  expect(history.epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: epochs }, (_, i) => i + 1))
  expect(history.losses.length).toBe(epochs * 5)
})

test('a training process that dies before the run has begun fails the start, and leaves the place free', async () => {
  host.afterPost = (role, name) => {
    if (name === 'training.start') host.processes.get(role)?.kill()
  }
  const starting = page.request('training.start', { experiment: tinyExperiment() })
  await expect(starting).rejects.toThrow('The compute process ended unexpectedly (signal SIGKILL)')
  host.afterPost = () => undefined
  page.events.length = 0
  await page.request('training.start', { experiment: tinyExperiment() })
  await page.event('run.changed', ({ state }) => state === 'done')
})

test('a data process that dies fails what it was asked for, and is there again for the next request', async () => {
  await page.request('datasets.list', {})
  const asked = page.request('datasets.list', {})
  host.processes.get('data')?.kill()
  await expect(asked).rejects.toThrow(
    'The compute process ended unexpectedly (signal SIGKILL); it starts anew with the next request, so try again.',
  )
  expect((await page.request('datasets.list', {})).length).toBe(2)
})

test('a second workbench on the same workspace is refused', () => {
  const options = { host: 'browser', version: '0.0.0', workspace: host.folder, fork: () => fail() }
  expect(() => new Workbench(options)).toThrow(`The workspace ${host.folder} is in use by another Spikedesk`)
})

function fail(): never {
  throw new Error('nothing is to be forked')
}

test('closing stops a run with a checkpoint and frees the workspace', async () => {
  const own = await startHost()
  const visitor = await TestPage.open(own.url)
  const { id } = await visitor.request('training.start', { experiment: tinyExperiment({ epochs: 100_000 }) })
  await visitor.event('training.metrics', ({ run }) => run === id)
  await own.workbench.close()
  const again = await startHost(own.folder)
  const later = await TestPage.open(again.url)
  const [run] = await later.request('runs.list', {})
  expect(run).toMatchObject({ id, state: 'stopped' })
  expect(run.checkpoint).not.toBeNull()
  await again.close()
  await own.close()
})
