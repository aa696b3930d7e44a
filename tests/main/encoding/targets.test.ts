import { describe, expect, it } from 'vitest'
import { targetCodes, targetsOf } from '../../../src-main/encoding/targets/index.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { targetTables, type TargetKind } from '../../../src-shared/targetTables.ts'
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

  it('are lifted to the off value while they wait, as snnTorch has it', () => {
    const late = { firstSpikeTime: 1, onTarget: -1, offTarget: 1 }
    expect([...rateTargets(Uint8Array.of(1), 2, 2, late, never)]).toEqual([1, 1, 1, 1])
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

const settings = (kind: TargetKind, params = {}) => ({
  kind,
  params: { ...defaultValues(targetTables[kind].fields), ...params },
})
const encode = (kind: TargetKind, params: object, random = never) =>
  targetCodes[kind].encode(labels, 2, 5, settings(kind, params).params, random)

it('latency targets are the latency code of the one-hot labels', () => {
  const out = encode('latency', { normalize: true, linear: true })
  const stepOf = (b: number, c: number) => [0, 1, 2, 3, 4].find((t) => out[t * 4 + b * 2 + c] === 1)
  expect([stepOf(0, 0), stepOf(0, 1), stepOf(1, 0), stepOf(1, 1)]).toEqual([4, 0, 0, 4])
})

describe('targets by the name of a code', () => {
  it('are those of the code', () => {
    expect([...encode('convert', { code: 'rate' })]).toEqual([0, 1, 1, 0])
    const normalised = { normalize: true, linear: true }
    expect(encode('convert', { code: 'latency', ...normalised })).toEqual(encode('latency', normalised))
  })

  it('give latency no values and no ramps, which targets_convert does not hand on', () => {
    const given = { normalize: true, onTarget: 3, offTarget: 1, interpolate: true }
    expect(encode('convert', { code: 'latency', ...given })).toEqual(encode('latency', { normalize: true }))
  })

  it('are still only where nothing changes over time', () => {
    const still = (kind: TargetKind, params = {}) => targetCodes[kind].still(settings(kind, params).params)
    expect([
      still('rate'),
      still('rate', { firstSpikeTime: 1 }),
      still('rate', { correctRate: 0.5 }),
    ]).toEqual([true, false, false])
    expect([still('convert'), still('convert', { code: 'latency' }), still('latency')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('targets of a sample', () => {
  const stream = { seed: 3, phase: 'train' as const, sample: 4, epoch: 1 }
  const drawn = (change = {}) =>
    targetsOf(settings('rate', { correctRate: 0.5, pattern: 'poisson' }), 1, 2, 200, { ...stream, ...change })

  it('have one axis less where they are still', () => {
    expect(targetsOf(settings('rate'), 2, 3, 7, stream)).toEqual({
      still: true,
      values: Float32Array.of(0, 0, 1),
    })
  })

  it('draw by seed, sample and epoch; a test sample in every epoch alike', () => {
    expect(drawn()).toEqual(drawn())
    const others = [{ seed: 4 }, { sample: 5 }, { epoch: 2 }, { phase: 'test' as const }].map(drawn)
    for (const other of others) expect(other.values).not.toEqual(drawn().values)
    expect(drawn({ phase: 'test', epoch: 2 })).toEqual(drawn({ phase: 'test' }))
    const spikes = drawn().values.reduce((sum, value) => sum + value)
    expect(Math.abs(spikes - 100)).toBeLessThan(40)
  })
})
