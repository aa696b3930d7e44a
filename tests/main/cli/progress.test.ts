import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { Output } from '../../../src-main/cli/output.ts'
import { Progress } from '../../../src-main/cli/progress.ts'
import type { EpochRecord, MetricsEvent, RunSummary } from '../../../src-shared/contract.ts'

function terminal(columns: number | null): { stream: typeof process.stdout; written(): string } {
  const stream = Object.assign(new PassThrough(), columns === null ? {} : { isTTY: true, columns })
  return {
    stream: stream as unknown as typeof process.stdout,
    written: () => String(stream.read() ?? ''),
  }
}

const event: MetricsEvent = {
  run: '2026-11-22-001',
  firstStep: 10,
  losses: Float32Array.of(1, 2),
  epoch: 2,
  batch: 30,
  batchesPerEpoch: 60,
  trainAccuracy: 0.5,
  learningRate: 5e-4,
  imagesPerSecond: 123456.7,
  etaSeconds: null,
  firingRates: [0.25],
}

function progressOn(columns: number | null, json = false) {
  const { stream, written } = terminal(columns)
  const progress = new Progress(new Output(json, stream, stream))
  progress.changed({ epochs: 3 } as RunSummary)
  return { progress, written }
}

describe('Progress', () => {
  it('redraws one line of a terminal, with every figure', () => {
    const { progress, written } = progressOn(140)
    progress.metrics(event)
    expect(written()).toBe(
      '\r\u001b[2Kepoch 2/3  ███████████████░░░░░░░░░░░░░░░  ' +
        'batch 30/60  loss 1.5  accuracy 50.00 %  123,457 images/s  ETA --',
    )
    progress.metrics({ ...event, etaSeconds: 3725 })
    expect(written()).toMatch(/^\r.*ETA 1:02:05$/)
    progress.end()
    expect(written()).toBe('\r\u001b[2K')
  })

  it('never runs over the edge of a narrow terminal', () => {
    for (const columns of [20, 60, 80, 90]) {
      const { progress, written } = progressOn(columns)
      progress.metrics(event)
      expect(written().replace('\r\u001b[2K', '').length).toBeLessThan(columns)
    }
  })

  it('tells of an epoch what its frames dropped, where they did', () => {
    const record: EpochRecord = {
      ...{ epoch: 1, trainLoss: 1, penalty: 0, learningRate: 5e-4, trainAccuracy: 0.5, testLoss: 1 },
      ...{ testAccuracy: 0.5, trainImagesPerSecond: 1000, testImagesPerSecond: 2000, seconds: 3 },
      ...{ waiting: 0, firingRates: [0.25], events: { recorded: 900, transformed: 800, time: 20, place: 2 } },
    }
    const { progress, written } = progressOn(140)
    progress.epoch('2026-11-22-001', record)
    expect(written()).toContain(
      '0:03  2.50 % of events outside the time of the frames, 0.25 % outside the sensor\n',
    )
    const whole = { recorded: 900, transformed: 900, time: 0, place: 0 }
    for (const events of [null, whole]) {
      progress.epoch('2026-11-22-001', { ...record, events })
      expect(written()).not.toContain('outside')
    }
  })

  it('is an object a line with --json', () => {
    const { progress, written } = progressOn(140, true)
    progress.metrics(event)
    expect(JSON.parse(written())).toEqual({
      type: 'progress',
      ...{ run: '2026-11-22-001', epoch: 2, epochs: 3, batch: 30, batches: 60 },
      ...{
        loss: 1.5,
        accuracy: 0.5,
        imagesPerSecond: 123456.7,
        etaSeconds: null,
        firingRates: [0.25],
        learningRate: 5e-4,
      },
    })
  })

  it('is silent within a short epoch where nothing can be redrawn', () => {
    const { progress, written } = progressOn(null)
    progress.metrics(event)
    expect(written()).toBe('')
  })
})
