import { beforeAll, describe, expect, it } from 'vitest'
import { openBundled } from '../../../src-main/datasets/bundled.ts'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { numbersOf } from '../../../src-shared/encodedValues.ts'
import { encodeImage } from '../../../src-main/encoding/imageSample.ts'
import { samplePicture } from '../../../src-main/encoding/samplePicture.ts'
import { previewOf, studyOf } from '../../../src-main/workbench/jobs/encoding.ts'
import type { EncodingChange, EncodingTrapKind } from '../../../src-shared/encodingContract.ts'
import { encodingTables, type EncodingKind } from '../../../src-shared/encodingTables.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { presets } from '../../../src-shared/model/presets.ts'

type Params = Record<string, number | string | boolean>

let digits: Dataset
beforeAll(async () => {
  digits = (await openBundled()).dataset
})

function wishOf(kind: EncodingKind, params: Params, timeSteps: number) {
  const defaults = defaultValues(encodingTables[kind].fields) as Params
  return {
    ...({ split: 'train', index: 0, seed: 5, timeSteps } as const),
    encoding: { kind, params: { ...defaults, ...params } },
  }
}

const kindsOf = (kind: EncodingKind, params: Params, timeSteps: number): EncodingTrapKind[] =>
  studyOf(digits, wishOf(kind, params, timeSteps)).report.traps.map((trap) => trap.kind)

const images = (Object.keys(encodingTables) as EncodingKind[]).filter(
  (kind) => encodingTables[kind].reads === 'images',
)

describe('the study of a sample', () => {
  it.each(images)('shows of %s what the preview shows, and that is what training takes', (kind) => {
    const wish = wishOf(kind, {}, 60)
    const preview = previewOf(digits, wish)
    const study = studyOf(digits, wish, presets[0].experiment.model)
    expect(numbersOf(study.values)).toEqual(preview.values)
    const coding = { encoding: wish.encoding, transforms: [] }
    const picture = samplePicture(digits, 'train', 0)
    const stream = { seed: 5, phase: 'train', sample: 0, epoch: 1 } as const
    expect(preview.values).toEqual(encodeImage(coding, picture, 60, stream).values)
    expect(study.totals).toEqual(preview.totals)
    expect([...study.source.values].map((x) => Math.round(x * 255))).toEqual([...preview.pixels])
    expect(study.values.numbers === null).toBe(study.report.coded === 'spikes')
    const active = preview.values.reduce((sum, value) => sum + Number(value !== 0), 0)
    expect(study.report.active).toBe(active)
    // The first layer of the preset has 100 outputs; a population has more inputs than the network takes.
    expect(study.report.cost?.operations ?? null).toBe(kind === 'population' ? null : 100 * active)
  })

  it('holds counts of events in bytes, however many they are', () => {
    const recorded = (events: number): Dataset => {
      const recording = {
        t: Uint32Array.from({ length: events }, (_, i) => i),
        x: new Uint16Array(events).fill(1),
        y: new Uint16Array(events),
        p: new Uint8Array(events).fill(1),
      }
      const split = {
        ...{ count: 1, labels: Uint8Array.of(3), durations: Uint32Array.of(0) },
        packed: { path: '', offsets: Float64Array.of(0) },
        ...{ eventCounts: Uint32Array.of(events), recording: () => recording },
      }
      return { ...digits, kind: 'events', shape: [2, 2, 2], simulated: false, train: split, test: split }
    }
    for (const events of [255, 70_000]) {
      // The last event ends the frame and is not in it.
      const { values, report } = studyOf(recorded(events + 1), wishOf('frames', {}, 1))
      expect(values).toMatchObject({ numbers: Uint8Array.of(0), palette: Float32Array.of(events) })
      expect([...numbersOf(values)]).toEqual([0, 0, 0, 0, 0, events, 0, 0])
      expect(report.coded).toBe('values')
    }
  })

  it('refuses values that no form lets through', () => {
    expect(() => studyOf(digits, wishOf('population', { population: 1e9 }, 10))).toThrow(
      expect.objectContaining({ code: 'field.range' }),
    )
    const blur = { kind: 'resize' as const, params: { height: -1, width: 4 } }
    expect(() => studyOf(digits, { ...wishOf('poisson', {}, 10), transforms: [blur] })).toThrow(
      expect.objectContaining({ code: 'field.range' }),
    )
  })
})

describe('the story of latency coding', () => {
  it('is told by the traps, step by step', () => {
    const tau = 5
    const plain = studyOf(digits, wishOf('latency', { tau }, 100)).report
    expect(plain.traps.map(({ kind }) => kind)).toEqual(['crowded', 'burst', 'levels'])
    // Black fires at round(5·ln((0.01+1e-7)/1e-7)) = 58, the 59th step.
    expect(plain.traps[1].data).toMatchObject({ step: 59, of: 100 })
    expect(plain.traps[0].data.steps).toBeLessThanOrEqual(5)
    expect(kindsOf('latency', { tau, normalize: true }, 100)).toContain('crowded')
    expect(kindsOf('latency', { tau, normalize: true, linear: true }, 100)).toEqual(['burst'])
    expect(kindsOf('latency', { tau, normalize: true, linear: true, clip: true }, 100)).toEqual([])
  })

  it('shows what bypass drops: here the dark pixels', () => {
    const clipped = studyOf(digits, wishOf('latency', { tau: 5, clip: true }, 100)).report
    const bypassed = studyOf(digits, wishOf('latency', { tau: 5, bypass: true }, 50)).report
    expect(bypassed.active).toBe(clipped.active)
    expect(kindsOf('latency', { tau: 5, bypass: true }, 50)).toEqual(['crowded', 'levels'])
  })
})

describe('what a trap says is to be changed', () => {
  function changed(kind: EncodingKind, params: Params, timeSteps: number, change: EncodingChange) {
    const next = change.kind ?? kind
    const kept = next === kind ? params : {}
    return kindsOf(next, { ...kept, ...change.params }, change.timeSteps ?? timeSteps)
  }

  it.each([
    ['latency', { tau: 5 }, 100],
    ['latency', { tau: 5, normalize: true }, 100],
    ['latency', { normalize: true, linear: true, clip: true }, 25],
    ['latency', { normalize: true, linear: true }, 100],
    ['latency', { tau: 20, bypass: true, linear: true }, 10],
    ['firstSpike', { curve: 'log' }, 100],
    ['firstSpike', {}, 100],
    ['rate', { gain: 8 }, 25],
    ['rate', {}, 100],
    ['poisson', {}, 100],
    ['periodic', {}, 100],
    ['delta', {}, 25],
    ['delta', { padding: true }, 25],
    ['phase', { phases: 3 }, 25],
    ['phase', {}, 2],
    ['rate', { gain: 0 }, 25],
  ] as [EncodingKind, Params, number][])('mends it: %s %j, T %d', (kind, params, timeSteps) => {
    const { traps } = studyOf(digits, wishOf(kind, params, timeSteps)).report
    expect(traps.length).toBeGreaterThan(0)
    for (const trap of traps) {
      expect(trap.changes.length).toBeGreaterThan(0)
      expect(changed(kind, params, timeSteps, trap.changes[0])).not.toContain(trap.kind)
    }
  })
})
