import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startHost, tinyExperiment, type TestHost } from './testHost.ts'
import { TestPage } from './testPage.ts'

/** More epochs than any test waits for. */
const endless = tinyExperiment({ epochs: 100_000 })
const ending = ['done', 'stopped', 'failed', 'interrupted']

let host: TestHost
let page: TestPage

beforeAll(async () => {
  host = await startHost()
})
afterAll(() => host.close())
beforeEach(async () => {
  page = await TestPage.open(host.url)
})
afterEach(async () => {
  for (const { id, state } of await page.request('runs.list', {})) {
    if (ending.includes(state)) continue
    await page.request('training.stop', { run: id })
    await page.event('run.changed', (run) => run.id === id && ending.includes(run.state))
  }
  await page.close()
})

function inState(run: string, state: string) {
  return page.event('run.changed', (summary) => summary.id === run && summary.state === state)
}

describe('a run', () => {
  test('sends its metrics, epochs and end, and all of them stand in its history', async () => {
    const { id } = await page.request('training.start', { experiment: tinyExperiment() })
    const done = await inState(id, 'done')
    expect(done).toMatchObject({ name: 'tiny', epoch: 2, epochs: 2, engine: 'reference', checkpointEpoch: 2 })
    const history = await page.request('runs.history', { run: id })
    expect(history.losses.length).toBe(2 * 5)
    expect(history.epochs.map(({ epoch }) => epoch)).toEqual([1, 2])
    const sent = page.events.filter(({ name }) => name === 'training.epoch').map(({ data }) => data)
    expect(sent).toEqual(history.epochs.map((record) => ({ run: id, record })))
    for (const { name, data } of page.events) {
      if (name !== 'training.metrics') continue
      const { firstStep, losses } = data as { firstStep: number; losses: Float32Array }
      expect(losses).toEqual(history.losses.slice(firstStep, firstStep + losses.length))
    }
    const detail = await page.request('runs.detail', { run: id })
    expect(detail.experiment).toEqual(tinyExperiment())
  })

  test('pauses, resumes and stops with a checkpoint', async () => {
    const { id } = await page.request('training.start', { experiment: endless })
    await page.event('training.metrics', ({ run }) => run === id)
    await page.request('training.pause', { run: id })
    await inState(id, 'paused')
    const held = await page.request('runs.history', { run: id })
    page.events.length = 0
    await page.request('training.resume', { run: id })
    await inState(id, 'running')
    await page.event(
      'training.metrics',
      ({ run, firstStep }) => run === id && firstStep >= held.losses.length,
    )
    await page.request('training.stop', { run: id })
    const { checkpoint } = await inState(id, 'stopped')
    expect(checkpoint).toContain(host.folder)
    const { losses } = await page.request('runs.history', { run: id })
    expect(losses.slice(0, held.losses.length)).toEqual(held.losses)
  })

  test('goes on while no page is open, and a late page has its whole history', async () => {
    const { id } = await page.request('training.start', { experiment: endless })
    await page.event('training.metrics', ({ run }) => run === id)
    await page.close()
    page = await TestPage.open(host.url)
    const { firstStep } = await page.event('training.metrics', ({ run }) => run === id)
    const { losses } = await page.request('runs.history', { run: id })
    expect(losses.length).toBeGreaterThanOrEqual(firstStep)
    expect((await page.request('runs.list', {})).find((run) => run.id === id)?.state).toBe('running')
  })

  test('continues up to more epochs', async () => {
    const { id } = await page.request('training.start', { experiment: tinyExperiment({ epochs: 1 }) })
    await inState(id, 'done')
    page.events.length = 0
    await page.request('training.continue', { run: id, epochs: 2 })
    await inState(id, 'done')
    expect((await page.request('runs.history', { run: id })).epochs.length).toBe(2)
  })

  test('is shown to every page, and so is its new name', async () => {
    const other = await TestPage.open(host.url)
    const { id } = await page.request('training.start', { experiment: tinyExperiment() })
    await other.event('run.changed', (run) => run.id === id && run.state === 'done')
    await other.request('runs.rename', { run: id, name: 'renamed' })
    await page.event('run.changed', (run) => run.id === id && run.name === 'renamed')
    await other.close()
  })
})

describe('refused in one sentence', () => {
  test('a second run beside the first', async () => {
    const { id } = await page.request('training.start', { experiment: endless })
    await expect(page.request('training.start', { experiment: endless })).rejects.toThrow(
      'The run "tiny" is being trained, and one run trains at a time; wait for its end, or stop it first.',
    )
    await expect(page.request('training.continue', { run: id, epochs: 5 })).rejects.toThrow(
      'one run trains at a time',
    )
  })

  test('two starts at the same moment: one of them', async () => {
    const starts = [1, 2].map(() => page.request('training.start', { experiment: endless }))
    const outcomes = await Promise.allSettled(starts)
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('a run on a dataset that is not there; the next one starts', async () => {
    const experiment = tinyExperiment({ dataset: { id: 'nowhere', subset: 1, limit: 0 } })
    await expect(page.request('training.start', { experiment })).rejects.toThrow(
      'No dataset is called "nowhere"; known are: digits',
    )
    const { id } = await page.request('training.start', { experiment: tinyExperiment() })
    await inState(id, 'done')
  })

  test('an experiment with a value out of range', async () => {
    const starting = page.request('training.start', { experiment: tinyExperiment({ timeSteps: -1 }) })
    await expect(starting).rejects.toThrow('Time steps is -1; it must be from 1 to 10000.')
  })

  test.each(['training.pause', 'training.resume', 'training.stop'] as const)(
    '%s of a run that is not trained',
    async (name) => {
      await expect(page.request(name, { run: 'gone' })).rejects.toThrow(
        'The run "gone" is not being trained now',
      )
    },
  )
})
