import { describe, expect, it } from 'vitest'
import { losses } from '../../../src-main/engine/losses/index.ts'
import { lossNumbers } from '../../../src-main/engine/losses/lossNumbers.ts'
import { predictClasses } from '../../../src-main/engine/losses/readout.ts'
import type { LossKind } from '../../../src-shared/experiment.ts'
import type { FieldValues } from '../../../src-shared/fields.ts'
import { defaultLoss, lossKinds } from '../../../src-shared/lossTables.ts'
import { numbers } from './fixtures.ts'

const extents = { timeSteps: 3, batch: 2, outputs: 4 }
const labels = Uint8Array.of(3, 0)
const population = Uint8Array.of(1, 0)

const numbersOf = (kind: LossKind, params: FieldValues = {}) => {
  const settings = defaultLoss(kind)
  return lossNumbers({ kind, params: { ...settings.params, ...params } }, extents.timeSteps, extents.outputs)
}

/** Losses of first spikes take -1 for a derivative that does not exist. */
const isTemporal = (kind: LossKind) => kind.endsWith('_temporal')

function evaluate(
  kind: LossKind,
  input: Float32Array,
  params: FieldValues = {},
  of = labels,
): { loss: number; gradient: Float32Array } {
  const gradient = new Float32Array(input.length)
  const loss = losses[kind].evaluate(numbersOf(kind, params), input, of, extents, gradient)
  return { loss, gradient }
}

function expectFiniteDifferences(kind: LossKind, params: FieldValues, of = labels): void {
  const input = numbers(24, 3, -1, 2)
  const { gradient } = evaluate(kind, input, params, of)
  for (let i = 0; i < input.length; i++) {
    const [low, high] = [-1 / 128, 1 / 128].map((by) => {
      const moved = Float32Array.from(input)
      moved[i] += by
      return { at: moved[i], loss: evaluate(kind, moved, params, of).loss }
    })
    expect(gradient[i], `${kind}, element ${i}`).toBeCloseTo((high.loss - low.loss) / (high.at - low.at), 4)
  }
}

describe.each(lossKinds)('%s', (kind) => {
  it.skipIf(isTemporal(kind))('has the gradient of its finite differences', () => {
    expectFiniteDifferences(kind, {})
    expectFiniteDifferences(kind, { classWeights: '2, 1, 1, 0.5', onTarget: 1.5, offTarget: -0.5 })
    if ('labelSmoothing' in defaultLoss(kind).params) expectFiniteDifferences(kind, { labelSmoothing: 0.2 })
    if ('classes' in defaultLoss(kind).params) expectFiniteDifferences(kind, { classes: 2 }, population)
  })

  it('stays finite where the numbers are large', () => {
    const input = new Float32Array(24).fill(1e4).fill(-1e4, 0, 12)
    const { loss, gradient } = evaluate(kind, input)
    expect(loss).toSatisfy(Number.isFinite)
    expect(gradient.every(Number.isFinite)).toBe(true)
  })

  it('weighs the loss of a sample by its class, and does not divide by the weights', () => {
    const input = Float32Array.from({ length: 24 }, (_, i) => (i % 5 === 0 ? 1 : 0))
    const whole = evaluate(kind, input).loss
    expect(evaluate(kind, input, { classWeights: '3, 3, 3, 3' }).loss).toBeCloseTo(3 * whole, 10)
    const first = evaluate(kind, input, { classWeights: '0, 0, 0, 1' })
    const second = evaluate(kind, input, { classWeights: '1, 0, 0, 0' })
    expect(first.loss + second.loss).toBeCloseTo(whole, 10)
    expect(first.gradient.filter((_, i) => Math.floor(i / 4) % 2 === 1).every((g) => g === 0)).toBe(true)
  })
})

describe('values worked out by hand', () => {
  const silent = new Float32Array(24)
  const right = Float32Array.from({ length: 24 }, (_, i) => (i % 4 === labels[Math.floor(i / 4) % 2] ? 1 : 0))

  it.each<[LossKind, FieldValues, number]>([
    ['ce_count', {}, Math.log(4)],
    ['ce_count', { labelSmoothing: 0.5 }, Math.log(4)],
    ['ce_rate', {}, Math.log(4)],
    ['ce_membrane_sum', {}, 3 * Math.log(4)],
    ['ce_max_membrane', {}, Math.log(4)],
    ['ce_temporal', {}, Math.log(4)],
    ['mse_rate', {}, 0.25],
    ['mse_count', {}, 9 / 4 / 3],
    ['mse_count', { correctRate: 0.5, incorrectRate: 0.4 }, (1 + 3) / 4 / 3],
    ['mse_membrane', { onTarget: 2, offTarget: 1 }, (4 + 3) / 4],
    ['mse_temporal', {}, (2 / 3) ** 2 / 4],
    ['mse_temporal', { onTime: 1, tolerance: 2 }, 0],
  ])('%s of a silent network with %o', (kind, params, wanted) => {
    expect(evaluate(kind, silent, params).loss).toBeCloseTo(wanted, 12)
  })

  it.each<[LossKind, FieldValues, number]>([
    ['mse_rate', {}, 0],
    ['mse_count', {}, 0],
    ['mse_temporal', {}, 0],
    ['ce_count', {}, Math.log(Math.exp(3) + 3) - 3],
    ['ce_count', { labelSmoothing: 0.4 }, Math.log(Math.exp(3) + 3) - 0.6 * 3 - 0.1 * 3],
    ['ce_rate', {}, Math.log(Math.exp(1) + 3) - 1],
    ['ce_temporal', {}, Math.log(1 + 3 * Math.exp(-2))],
    ['ce_temporal', { inverse: 'reciprocal' }, Math.log(Math.exp(1) + 3 * Math.exp(1 / 3)) - 1],
  ])('%s of one that always fires in its class with %o', (kind, params, wanted) => {
    expect(evaluate(kind, right, params).loss).toBeCloseTo(wanted, 12)
  })

  it('a late first spike is pulled forward with the derivative -1', () => {
    const input = new Float32Array(24)
    input[2 * 8 + 3] = 1
    const { gradient } = evaluate('mse_temporal', input)
    expect(gradient[2 * 8 + 3]).toBeCloseTo((-2 * 2) / 9 / 8, 7)
    expect(gradient[3]).toBe(0)
  })

  it('a population code sums the outputs of a class', () => {
    const input = Float32Array.from({ length: 24 }, (_, i) => (i % 8 === 2 || i % 8 === 3 ? 1 : 0))
    const { loss, gradient } = evaluate('ce_count', input, { classes: 2 }, population)
    expect(loss).toBeCloseTo((Math.log(1 + Math.exp(-6)) + Math.log(2)) / 2, 12)
    expect([...gradient.slice(0, 4)]).toEqual([gradient[0], gradient[0], -gradient[0], -gradient[0]])
  })
})

describe('the class of a sample', () => {
  const spikes = new Float32Array(24)
  spikes[1 * 8 + 1] = 1
  spikes[2 * 8 + 2] = 1
  spikes[1 * 8 + 2] = 1

  it.each([
    ['count', 4, [2, 0]],
    ['first_spike', 4, [1, 0]],
    ['count', 2, [1, 0]],
    ['first_spike', 2, [0, 0]],
  ] as const)('by %s of %i classes', (readout, classes, wanted) => {
    expect([...predictClasses({ readout, classes }, spikes, extents)]).toEqual(wanted)
  })
})
