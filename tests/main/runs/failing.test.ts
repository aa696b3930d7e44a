import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { continueRun, startRun } from '../../../src-main/runs/runJob.ts'
import type { RunState } from '../../../src-shared/contract.ts'
import { deaf, inWorkspace, scratchFolder, tinyExperiment, writeTinyDataset } from './tinyRun.ts'

const folder = scratchFolder()
let dataset: string

beforeAll(() => {
  dataset = writeTinyDataset(join(folder, 'rows'))
})

/** Makes the database refuse what a full disk would refuse, from a connection of its own. */
function refuse(workspace: string, ...events: string[]): void {
  const database = new Database(join(workspace, 'workspace.db'))
  events.forEach((event, i) =>
    database.exec(`CREATE TRIGGER refuse${i} BEFORE ${event} BEGIN SELECT RAISE(ABORT, 'no room'); END`),
  )
  database.close()
}

describe('a run that cannot be written down', () => {
  it('fails where a checkpoint cannot be written, and goes on when it can', async () => {
    await inWorkspace(join(folder, 'checkpoints'), async (workspace) => {
      const job = await startRun(workspace, tinyExperiment(dataset), deaf)
      const checkpoints = join(workspace.store.detail(job.id).folder, 'checkpoints')
      rmSync(checkpoints, { recursive: true })
      writeFileSync(checkpoints, '')
      const summary = await job.finished
      expect(summary).toMatchObject({ state: 'failed', error: { code: 'checkpoint.unwritable' } })
      expect(workspace.store.summary(job.id)).toEqual(summary)
      rmSync(checkpoints)
      const again = await continueRun(workspace, job.id, 3, deaf)
      expect(await again.finished).toMatchObject({ state: 'done', error: null })
    })
  })

  it('fails where its losses cannot be written, and sends none of them', async () => {
    await inWorkspace(join(folder, 'losses'), async (workspace) => {
      refuse(workspace.folder, 'INSERT ON losses')
      let sent = 0
      const listener = { ...deaf, metrics: () => void sent++ }
      const job = await startRun(workspace, tinyExperiment(dataset), listener)
      const summary = await job.finished
      expect(summary).toMatchObject({ state: 'failed', error: { code: 'workspace.unwritable' } })
      expect(sent).toBe(0)
    })
  })

  it('ends and says so even where nothing can be written any more', async () => {
    await inWorkspace(join(folder, 'nothing'), async (workspace) => {
      const states: RunState[] = []
      const listener = { ...deaf, changed: ({ state }: { state: RunState }) => void states.push(state) }
      const job = await startRun(workspace, tinyExperiment(dataset), listener)
      refuse(workspace.folder, 'INSERT ON losses', 'UPDATE ON runs', 'INSERT ON events')
      const summary = await job.finished
      expect(summary).toMatchObject({ state: 'failed', error: { code: 'workspace.unwritable' } })
      expect(states.at(-1)).toBe('failed')
    })
  })
})
