import { describe, expect, it } from 'vitest'
import { convertTargets } from '../../../src-main/encoding/targets/index.ts'
import { rateTargets, type RateTargetParameters } from '../../../src-main/encoding/targets/rateTargets.ts'

const labels = Uint8Array.of(1, 0)
const never = (): number => {
  throw new Error('nothing is drawn here')
}

function courses(timeSteps: number, parameters: Partial<RateTargetParameters>, random = never) {
  const out = rateTargets(Uint8Array.of(1), 2, timeSteps, parameters, random)
  return [1, 0].map((output) => Array.from({ length: timeSteps }, (_, t) => out[2 * t + output]))
}

describe('rate targets', () => {
  it('stand still where one class always fires and the others never', () => {
    expect([...rateTargets(labels, 3, 10, {}, never)]).toEqual([0, 1, 0, 1, 0, 0])
    const membrane = { onTarget: 1.5, offTarget: 0.5 }
    expect([...rateTargets(labels, 3, 10, membrane, never)]).toEqual([0.5, 1.5, 0.5, 1.5, 0.5, 0.5])
    const inverted = { onTarget: -1, offTarget: 1 }
    expect([...rateTargets(labels, 2, 10, inverted, never)]).toEqual([1, -1, -1, 1])
  })

  it('wait for the first spike time', () => {
    expect(courses(4, { firstSpikeTime: 2 })).toEqual([
      [0, 0, 1, 1],
      [0, 0, 0, 0],
    ])
  })

  it('fire regularly at both rates', () => {
    expect(courses(8, { correctRate: 0.5, incorrectRate: 0.25, firstSpikeTime: 1 })).toEqual([
      [0, 1, 0, 1, 0, 1, 0, 1],
      [0, 1, 0, 0, 0, 1, 0, 0],
    ])
    expect(courses(10, { correctRate: 0.3 })[0]).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 0, 0])
  })

  it('rise to each spike and are off after the last', () => {
    const [correct, incorrect] = courses(7, { correctRate: 0.25, firstSpikeTime: 1, interpolate: true })
    expect(correct).toEqual([0, 1, 0, 1 / 3, 2 / 3, 1, 0].map(Math.fround))
    expect(incorrect).toEqual([0, 0, 0, 0, 0, 0, 0])
  })

  it('draw places or steps', () => {
    const numbers = [0.9, 0.1, 0.1, 0.6]
    const next = () => numbers.shift() ?? 0
    expect(courses(8, { correctRate: 0.5, pattern: 'uniform' }, next)[0]).toEqual([1, 0, 0, 0, 1, 0, 0, 1])
    const flip = [0.2, 0.8, 0.4, 0.6]
    expect(courses(4, { correctRate: 0.5, pattern: 'poisson' }, () => flip.shift() ?? 1)[0]).toEqual([
      1, 0, 1, 0,
    ])
  })

  it('refuse rates that do not fit', () => {
    const code = (parameters: object) => () => rateTargets(labels, 2, 5, parameters, never)
    expect(code({ correctRate: 0.2, incorrectRate: 0.4 })).toThrow(
      expect.objectContaining({ code: 'encoding.targetRates' }),
    )
    expect(code({ correctRate: 1.5 })).toThrow(expect.objectContaining({ code: 'encoding.targetRates' }))
    expect(code({ firstSpikeTime: 5 })).toThrow(expect.objectContaining({ code: 'encoding.firstSpike' }))
    expect(() => rateTargets(labels, 1, 5, {}, never)).toThrow(
      expect.objectContaining({ code: 'engine.label' }),
    )
  })
})

it('latency targets are the latency code of the one-hot labels', () => {
  const parameters = { normalize: true, linear: true }
  const out = convertTargets(labels, 2, 5, { code: 'latency', parameters })
  const stepOf = (b: number, c: number) => [0, 1, 2, 3, 4].find((t) => out[t * 4 + b * 2 + c] === 1)
  expect([stepOf(0, 0), stepOf(0, 1), stepOf(1, 0), stepOf(1, 1)]).toEqual([4, 0, 0, 4])
})

it('rate targets are reached by their code', () => {
  const out = convertTargets(labels, 2, 5, { code: 'rate', parameters: {}, random: never })
  expect([...out]).toEqual([0, 1, 1, 0])
})
