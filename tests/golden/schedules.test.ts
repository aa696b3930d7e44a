import { describe, expect, it } from 'vitest'
import type { FieldValues } from '../../src-shared/fields.ts'
import { learningRateOf, startPlateau, watchPlateau, type ScheduleSpec } from '../../src-shared/schedule.ts'
import type { ScheduleKind } from '../../src-shared/scheduleTables.ts'
import { goldenCases } from './vectors.ts'

interface ScheduleCase {
  name: string
  kind: ScheduleKind
  params: FieldValues
  learningRate: number
  epochs: number
  /** Batches of an epoch; where the schedule goes by the batch, a rate is expected for each. */
  batches: number
  perBatch: boolean
  expect: number[]
}

interface PlateauCase {
  name: string
  params: FieldValues
  learningRate: number
  metrics: number[]
  /** Before each epoch, and after the last. */
  expect: number[]
}

const expectRates = (found: number[], wanted: number[]) => {
  expect(found).toHaveLength(wanted.length)
  wanted.forEach((rate, i) => expect(Math.abs(found[i] - rate), `rate ${i}`).toBeLessThan(1e-12))
}

describe('schedules', () => {
  for (const { name, golden } of goldenCases<ScheduleCase>('schedules', (each) => each.name)) {
    it(name, () => {
      const { kind, params, learningRate, epochs, batches, perBatch } = golden
      const spec: ScheduleSpec = { kind, params, learningRate, epochs, stepsPerEpoch: batches }
      const found = golden.expect.map((_, i) =>
        perBatch ? learningRateOf(spec, Math.floor(i / batches), i % batches) : learningRateOf(spec, i, 0),
      )
      expectRates(found, golden.expect)
    })
  }
})

describe('plateaus', () => {
  for (const { name, golden } of goldenCases<PlateauCase>('plateaus', (each) => each.name)) {
    it(name, () => {
      const { params, learningRate, metrics } = golden
      const spec: ScheduleSpec = { kind: 'plateau', params, learningRate, epochs: 100, stepsPerEpoch: 1 }
      let state = startPlateau(spec)
      const found = [learningRateOf(spec, 0, 0, state)]
      metrics.forEach((value, epoch) => {
        state = watchPlateau(spec, state, epoch, { trainLoss: value, testLoss: value, testAccuracy: value })
        found.push(learningRateOf(spec, epoch + 1, 0, state))
      })
      expectRates(found, golden.expect)
    })
  }
})
