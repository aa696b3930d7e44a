import { describe, expect, it } from 'vitest'
import { encodeImage } from '../../../src-main/encoding/imageSample.ts'
import { transformImage } from '../../../src-main/encoding/transforms/index.ts'
import { inputOf } from '../../../src-main/encoding/input.ts'
import { compileExperiment } from '../../../src-main/engine/compile.ts'
import type { Batch } from '../../../src-main/engine/executor.ts'
import { createExecutor } from '../../../src-main/engine/backends/index.ts'
import { makeBatch } from '../../../src-main/training/streaming/makeBatch.ts'
import type { SampleReader } from '../../../src-main/training/streaming/sampleReader.ts'
import { encodingTables, type EncodingKind } from '../../../src-shared/encodingTables.ts'
import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { inputShape, sampleRoute } from '../../../src-shared/sampleRoute.ts'
import { transformTables } from '../../../src-shared/transformTables.ts'
import { tinyExperiment } from '../runs/tinyRun.ts'

const shape = [1, 6, 6]
const steps = 16
const pixelsOf = (index: number) => Uint8Array.from({ length: 36 }, (_, i) => (index * 37 + i * 7) % 256)
const reader: SampleReader = {
  ...{ kind: 'images', shape },
  label: (_split, index) => index % 4,
  image: (_split, index) => pixelsOf(index),
}

/** Leaves brightness as it is. */
const asBrightness = { kind: 'normalise' as const, params: { mean: '0', deviation: '1' } }
/** What is normalised twice are numbers that no engine takes for bytes. */
const asNumbers = [asBrightness, asBrightness]
const shift = {
  kind: 'randomShift' as const,
  params: defaultValues(transformTables.randomShift.fields),
}

function experimentOf(
  kind: EncodingKind,
  params: object,
  transforms: ExperimentDocument['transforms'] = [],
): ExperimentDocument {
  const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
  const tiny = { ...tinyExperiment('any', { batchSize: 8, timeSteps: steps }), encoding, transforms }
  return { ...tiny, model: { ...tiny.model, input: { shape: inputShape(tiny, shape) } } }
}

const encodings = [
  ['latency', {}],
  ['latency', { interpolate: true }],
  ['latency', { offTarget: 0.25, onTarget: 2 }],
  ['firstSpike', {}],
  ['delta', {}],
  ['delta', { offSpike: true }],
  ['phase', {}],
  ['population', {}],
  ['population', { spikes: 'random', population: 3 }],
  ['periodic', {}],
  ['rate', { firstSpikeTime: 4 }],
] as const
const request = { split: 'train' as const, indices: Uint32Array.of(3, 0, 11), epoch: 1 }

/** Losses of both engines over some steps on one batch. */
function courses(experiment: ExperimentDocument, batch: Batch): number[][] {
  const source = {
    images: Uint8Array.from({ length: 12 * 36 }, (_, i) => pixelsOf(Math.floor(i / 36))[i % 36]),
    labels: Uint8Array.from({ length: 12 }, (_, i) => i % 4),
    count: 12,
  }
  return (['native', 'reference'] as const).map((engine) => {
    const executor = createExecutor(engine, compileExperiment(experiment), 1)
    if (batch.kind === 'samples') executor.bind('train', source)
    const course = Array.from({ length: 20 }, () => executor.train(batch).loss)
    executor.dispose()
    return course
  })
}

describe('images that are encoded by the engine', () => {
  it.each(encodings)('train by %s %j', (kind, params) => {
    const experiment = experimentOf(kind, params)
    expect(sampleRoute(experiment)).toBe('bound')
    const [native, reference] = courses(experiment, { kind: 'samples', ...request })
    expect(native[0]).toBeCloseTo(reference[0], 4)
    for (const course of [native, reference]) expect(course[19]).toBeLessThan(course[0])
  })
})

describe('images that are normalised at the end', () => {
  it.each(encodings)('are encoded by the engine, by %s %j, to what the preview shows', (kind, params) => {
    const experiment = experimentOf(kind, params, [asBrightness])
    expect(sampleRoute(experiment)).toBe('bound')
    const [native, reference] = courses(experiment, { kind: 'samples', ...request })
    const { batch } = makeBatch(reader, experimentOf(kind, params, asNumbers), request)
    expect([native, reference]).toEqual(courses(experimentOf(kind, params, asNumbers), batch))
  })

  it('for each channel apart are not', () => {
    const apart = { ...asBrightness, params: { mean: '0, 0.1, 0.2', deviation: '1' } }
    const route = (transforms: ExperimentDocument['transforms']) =>
      sampleRoute(experimentOf('rate', {}, transforms))
    expect([route([apart]), route([shift, apart]), route([asBrightness, shift])]).toEqual([
      'streamed',
      'streamed',
      'streamed',
    ])
  })
})

describe('images that are changed at random', () => {
  it.each(encodings)('are handed to the engine as bytes, which encodes them by %s %j', (kind, params) => {
    const experiment = experimentOf(kind, params, [shift, asBrightness])
    expect(sampleRoute(experiment)).toBe('handed')
    const { batch } = makeBatch(reader, experiment, request)
    if (batch.kind !== 'images') throw new Error('images were wanted')
    request.indices.forEach((sample, b) => {
      const stream = { seed: experiment.seed, phase: 'train' as const, sample, epoch: 1 }
      const image = { shape, pixels: pixelsOf(sample) }
      expect(batch.pixels.subarray(36 * b, 36 * (b + 1))).toEqual(
        transformImage([shift], image, stream).pixels,
      )
    })
    const courseOf = (transforms: ExperimentDocument['transforms']) => {
      const changed = experimentOf(kind, params, transforms)
      return courses(changed, makeBatch(reader, changed, request).batch)
    }
    expect(courses(experiment, batch)).toEqual(courseOf([shift, ...asNumbers]))
    expect(makeBatch(reader, experiment, { ...request, epoch: 2 }).batch).not.toEqual(batch)
  })

  it('are refused where one cannot be encoded', () => {
    const slow = experimentOf('latency', { tau: 20 }, [shift])
    expect(() => makeBatch(reader, slow, request)).toThrow(
      expect.objectContaining({ code: 'encoding.tooLate' }),
    )
  })
})

describe('images that are encoded outside the engine', () => {
  it.each(encodings)('train by %s %j on what the preview shows', (kind, params) => {
    const experiment = experimentOf(kind, params, asNumbers)
    expect(sampleRoute(experiment)).toBe('streamed')
    const { batch } = makeBatch(reader, experiment, request)
    if (batch.kind !== 'frames') throw new Error('frames were wanted')
    const input = inputOf(experiment)
    expect(batch.values === null).toBe(input.kind === 'given' && input.spikes)
    request.indices.forEach((sample, b) => {
      const stream = { seed: experiment.seed, phase: 'train' as const, sample, epoch: 1 }
      const { values } = encodeImage(experiment, { shape, pixels: pixelsOf(sample) }, steps, stream)
      const width = values.length / steps
      const spread = new Float32Array(values.length)
      for (let t = 0; t < steps; t++) {
        for (let i = batch.starts[b * steps + t]; i < batch.starts[b * steps + t + 1]; i++) {
          spread[t * width + batch.places[i]] = batch.values?.[i] ?? 1
        }
      }
      expect(spread).toEqual(values)
    })
    const [native, reference] = courses(experiment, batch)
    expect(native[0]).toBeCloseTo(reference[0], 4)
    for (const course of [native, reference]) expect(course[19]).toBeLessThan(course[0])
    const [bound] = courses(experimentOf(kind, params), { kind: 'samples', ...request })
    expect(native).toEqual(bound)
  })
})
