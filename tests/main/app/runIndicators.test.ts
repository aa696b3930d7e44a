import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as fake from './fakeElectron.ts'
import type {
  Channel,
  EventName,
  RunState,
  RunSummary,
  ServerMessage,
  WorkbenchEvents,
} from '../../../src-shared/contract.ts'
import { setupClosing } from '../../../src-main/app/closing.ts'
import { MainWindow } from '../../../src-main/app/mainWindow.ts'
import { setupNotifications } from '../../../src-main/app/notifications.ts'
import { setupPower } from '../../../src-main/app/power.ts'
import { ShellClient } from '../../../src-main/app/shellClient.ts'
import { setupTaskbarProgress } from '../../../src-main/app/taskbarProgress.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))

const summary: RunSummary = {
  id: 'r1',
  name: 'fc-leaky-100',
  state: 'running',
  dataset: 'digits',
  datasetName: 'Digits',
  model: 'fc-leaky-100',
  engine: 'native',
  device: '',
  threads: 2,
  seed: 1,
  createdAt: '',
  endedAt: null,
  epoch: 1,
  epochs: 4,
  batch: 0,
  batchesPerEpoch: 50,
  lastLoss: null,
  lastTestAccuracy: 0.9312,
  bestTestAccuracy: null,
  bestEpoch: null,
  imagesPerSecond: null,
  seconds: 0,
  checkpoint: null,
  checkpointEpoch: null,
  error: null,
}

/** A workbench that only sends what it is told, and remembers how it ended. */
class ToldWorkbench {
  activeRun: string | null = null
  closes = 0
  #pages: Channel<unknown, ServerMessage>[] = []
  connect(channel: Channel<unknown, ServerMessage>): void {
    this.#pages.push(channel)
  }
  close(): Promise<void> {
    this.closes++
    this.activeRun = null
    return Promise.resolve()
  }
  async send<Name extends EventName>(name: Name, data: WorkbenchEvents[Name]): Promise<void> {
    for (const page of this.#pages) page.post({ type: 'event', name, data })
    await setImmediate()
  }
  async state(state: RunState, changes: Partial<RunSummary> = {}): Promise<void> {
    this.activeRun = ['done', 'stopped', 'failed', 'interrupted'].includes(state) ? null : summary.id
    await this.send('run.changed', { ...summary, ...changes, state })
  }
}

let workbench: ToldWorkbench
let client: ShellClient
let window: MainWindow
const opened = (): fake.BrowserWindow => fake.BrowserWindow.getAllWindows()[0]

beforeEach(async () => {
  fake.reset()
  await fake.app.becomeReady()
  workbench = new ToldWorkbench()
  client = new ShellClient(workbench)
  window = new MainWindow('/preload.cjs', mkdtempSync(join(tmpdir(), 'spikedesk-run-')))
  window.show()
})

describe('sleep', () => {
  it('is held off while a run is running, and only then', async () => {
    setupPower(client)
    const held: number[] = []
    for (const state of [
      'preparing',
      'running',
      'running',
      'pausing',
      'paused',
      'running',
      'stopping',
      'stopped',
    ] as const) {
      await workbench.state(state)
      held.push(fake.record.blockers.size)
    }
    expect(held).toEqual([0, 1, 1, 0, 0, 1, 0, 0])
  })

  it.each(['done', 'failed', 'interrupted'] as const)('comes back when a run is %s', async (state) => {
    setupPower(client)
    await workbench.state('running')
    await workbench.state(state)
    expect(fake.record.blockers.size).toBe(0)
  })
})

describe('progress in the taskbar', () => {
  const metrics = (epoch: number, batch: number): WorkbenchEvents['training.metrics'] => ({
    run: 'r1',
    firstStep: 0,
    losses: Float32Array.of(1),
    epoch,
    batch,
    batchesPerEpoch: 50,
    trainAccuracy: 0,
    learningRate: 5e-4,
    imagesPerSecond: 1,
    etaSeconds: null,
    firingRates: [],
  })

  it('is the share of batches done, stands still in a pause, and goes at the end', async () => {
    setupTaskbarProgress(client, window)
    await workbench.state('running')
    await workbench.send('training.metrics', metrics(1, 25))
    await workbench.send('training.metrics', metrics(3, 0))
    await workbench.state('paused')
    await workbench.state('done')
    await workbench.send('training.metrics', metrics(4, 50))
    expect(opened().progress).toEqual([
      [0.125, undefined],
      [0.5, undefined],
      [0.5, { mode: 'paused' }],
      [-1, undefined],
    ])
  })

  it('does not mind that the window is closed', async () => {
    setupTaskbarProgress(client, window)
    await workbench.state('running')
    opened().destroy()
    await workbench.send('training.metrics', metrics(1, 1))
    window.show()
    await workbench.send('training.metrics', metrics(2, 0))
    expect(opened().progress).toEqual([[0.25, undefined]])
  })
})

describe('the notification at the end', () => {
  it('comes where the window is not looked at, and leads to the runs', async () => {
    setupNotifications(client, window)
    opened().finishLoading()
    opened().focused = false
    await workbench.state('running')
    await workbench.state('done')
    await workbench.state('done')
    expect(fake.record.notifications.map(({ options }) => options)).toEqual([
      { title: 'fc-leaky-100', body: 'Training is done, test accuracy 93.12 %.' },
    ])
    fake.record.notifications[0].emit('click')
    expect(opened().focused).toBe(true)
    expect(opened().webContents.sent).toEqual([{ name: 'spikedesk:command', message: 'go.runs' }])
  })

  it('speaks the language of the system', async () => {
    fake.app.languages = ['zh-CN']
    setupNotifications(client, window)
    await workbench.state('running')
    await workbench.state('done')
    expect(fake.record.notifications[0].options.body).toBe('训练已完成\uff0c测试准确率为 93.12%。')
  })

  it('says why a run failed', async () => {
    setupNotifications(client, window)
    await workbench.state('running')
    await workbench.state('failed', {
      error: { code: 'compute.crashed', data: { reason: 'signal SIGKILL' } },
    })
    expect(fake.record.notifications[0].options.body).toBe(
      'The compute process ended unexpectedly (signal SIGKILL); the run can be resumed from its last checkpoint.',
    )
  })

  it('does not come for a window in front, for a run that was stopped, or for one long over', async () => {
    setupNotifications(client, window)
    await workbench.state('done')
    await workbench.state('running')
    await workbench.state('stopped')
    await workbench.state('running')
    opened().focused = true
    await workbench.state('done')
    expect(fake.record.notifications).toEqual([])
  })
})

describe('closing', () => {
  beforeEach(() => setupClosing(workbench, client, window))

  it('ends the program and the workbench where nothing is trained', async () => {
    opened().close()
    await setImmediate()
    expect(fake.record.messageBoxes).toEqual([])
    expect([workbench.closes, fake.app.exitCode]).toEqual([1, 0])
  })

  it('asks once while a run is trained, and does nothing on Cancel', async () => {
    await workbench.state('running')
    fake.record.answer = 2
    opened().close()
    opened().close()
    await setImmediate()
    expect(fake.record.messageBoxes).toHaveLength(1)
    expect(fake.record.messageBoxes[0]).toMatchObject({
      buttons: ['Keep running', 'Stop and save', 'Cancel'],
      cancelId: 2,
    })
    expect(opened().destroyed).toBe(false)
    expect(fake.app.exitCode).toBeNull()
  })

  it('keeps the run without a window, opens again, and ends with the run', async () => {
    await workbench.state('running')
    fake.record.answer = 0
    opened().close()
    await setImmediate()
    expect([fake.BrowserWindow.getAllWindows().length, workbench.closes, fake.app.exitCode]).toEqual([
      0,
      0,
      null,
    ])
    window.show()
    opened().destroy()
    await workbench.state('done')
    await setImmediate()
    expect([workbench.closes, fake.app.exitCode]).toEqual([1, 0])
  })

  it('does not end with the run where the window is open again', async () => {
    await workbench.state('running')
    fake.record.answer = 0
    opened().close()
    await setImmediate()
    window.show()
    await workbench.state('done')
    await setImmediate()
    expect(fake.app.exitCode).toBeNull()
  })

  it.each(['close', 'quit'] as const)(
    'stops the run with a checkpoint before the program ends, by %s',
    async (way) => {
      await workbench.state('running')
      fake.record.answer = 1
      if (way === 'close') opened().close()
      else fake.app.quit()
      await setImmediate()
      expect(fake.record.messageBoxes).toHaveLength(1)
      expect([workbench.closes, fake.app.exitCode]).toEqual([1, 0])
    },
  )
})
