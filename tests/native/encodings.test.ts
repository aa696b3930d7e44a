import { describe, expect, it } from 'vitest'
import { encodeImage } from '../../src-main/encoding/imageSample.ts'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import type { Split } from '../../src-main/engine/executor.ts'
import { encodingTables, type EngineEncodingKind } from '../../src-shared/encodingTables.ts'
import type { EngineEncodingSettings } from '../../src-shared/experiment.ts'
import { defaultValues, type FieldValues } from '../../src-shared/fields.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { fieldsOfPixel, inputShape } from '../../src-shared/sampleRoute.ts'
import { encodingSettings, showingNetwork, shownImages } from './encodedImages.ts'

const seed = 4000000000

/** Compares words: to look at each number by itself takes far longer than to make it. */
function expectSameBits(found: Float32Array, wanted: Float32Array): void {
  const [mine, theirs] = [found, wanted].map(
    (array) => new Uint32Array(array.buffer, array.byteOffset, array.length),
  )
  const at = mine.findIndex((word, i) => word !== theirs[i])
  expect({ length: found.length, at, value: found[at] }).toEqual({
    length: wanted.length,
    at: -1,
    value: undefined,
  })
}

/** Around the width of a vector and of a word of steps. */
const sizes: [number[], number][] = [
  [[37], 31],
  [[37], 32],
  [[1, 1, 16], 33],
  [[2, 5, 7], 70],
  [[17, 3, 3], 12],
]

/** What a network is shown of each image, `[T,N]`, by a neuron without memory that lets its input through. */
function shown(
  encoding: EngineEncodingSettings,
  shape: number[],
  timeSteps: number,
  { split = 'train' as Split, threads = 1, scale = null as FieldValues | null, handed = false } = {},
) {
  const images = shownImages(shape)
  const program = compileNetwork({ ...showingNetwork(encoding, shape, timeSteps, images.count), seed, scale })
  const executor = nativeBackend.create(program, threads)
  executor.bind(split, images)
  const indices = Uint32Array.from({ length: images.count }, (_, b) => images.count - 1 - b)
  const width = elementCount(inputShape({ transforms: [], encoding }, [...shape, 1, 1].slice(0, 3)))
  const size = width / fieldsOfPixel(encoding.kind, encoding.params)
  const imageOf = (sample: number) => images.images.subarray(sample * size, (sample + 1) * size)
  const pixels = Uint8Array.from([...indices].flatMap((sample) => [...imageOf(sample)]))
  const labels = Uint8Array.from(indices, (sample) => images.labels[sample])
  const [{ membrane, spikes }] = executor.trace(
    handed
      ? { kind: 'images', split, indices, epoch: 5, pixels, labels }
      : { kind: 'samples', split, indices, epoch: 5 },
  )
  executor.dispose()
  const transforms = scale ? [{ kind: 'normalise' as const, params: scale }] : []
  expect(membrane).toHaveLength(timeSteps * images.count * width)
  return [...indices].map((sample, b) => {
    const rows = {
      membrane: new Float32Array(timeSteps * width),
      spikes: new Float32Array(timeSteps * width),
    }
    for (let t = 0; t < timeSteps; t++) {
      const from = (t * images.count + b) * width
      rows.membrane.set(membrane.subarray(from, from + width), t * width)
      rows.spikes.set(spikes.subarray(from, from + width), t * width)
    }
    const stream = { seed, phase: split, sample, epoch: 5 }
    const image = { shape: [1, 1, size], pixels: imageOf(sample) }
    return { ...rows, wanted: encodeImage({ transforms, encoding }, image, timeSteps, stream).values }
  })
}

describe('images encoded by the native engine are those of the encoders, bit for bit', () => {
  it.each(encodingSettings)('$kind $params', ({ kind, params }) => {
    const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
    for (const [shape, timeSteps] of sizes) {
      for (const { membrane, spikes, wanted } of shown(encoding, shape, timeSteps)) {
        expectSameBits(membrane, wanted)
        expectSameBits(
          spikes,
          wanted.map((value) => (value > 0.5 ? 1 : 0)),
        )
      }
    }
  })

  it.each(encodingSettings)('$kind $params, of test images and whatever the threads', ({ kind, params }) => {
    const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
    const alone = shown(encoding, [1, 6, 7], 40, { split: 'test' })
    for (const { membrane, wanted } of alone) expectSameBits(membrane, wanted)
    for (const threads of [2, 4]) {
      const together = shown(encoding, [1, 6, 7], 40, { split: 'test', threads })
      together.forEach(({ membrane }, i) => expectSameBits(membrane, alone[i].membrane))
    }
  })

  it.each(encodingSettings)('$kind $params, of images handed over with the batch', ({ kind, params }) => {
    const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
    for (const [shape, timeSteps] of sizes) {
      const bound = shown(encoding, shape, timeSteps)
      const handed = shown(encoding, shape, timeSteps, { handed: true, threads: 2 })
      handed.forEach(({ membrane }, i) => expectSameBits(membrane, bound[i].membrane))
    }
  })

  it.each(encodingSettings)('$kind $params, of normalised images', ({ kind, params }) => {
    const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
    // What it leaves is still brightness, for encoders that take nothing else.
    const scale = { mean: '-0.1', deviation: '1.5' }
    for (const [shape, timeSteps] of sizes) {
      for (const { membrane, wanted } of shown(encoding, shape, timeSteps, { scale }))
        expectSameBits(membrane, wanted)
    }
  })

  it.each(['constant', 'rate', 'poisson', 'population', 'periodic', 'delta'] as const)(
    '%s, of images normalised to below 0 and above 1',
    (kind) => {
      const encoding = { kind, params: defaultValues(encodingTables[kind].fields) }
      const scale = { mean: '0.5', deviation: '0.25' }
      for (const { membrane, wanted } of shown(encoding, [2, 5, 7], 20, { scale }))
        expectSameBits(membrane, wanted)
    },
  )

  it('of a single step', () => {
    const single: [EngineEncodingKind, object][] = [
      ['latency', { normalize: true }],
      ['firstSpike', {}],
      ['delta', { offSpike: true }],
      ['phase', {}],
      ['population', {}],
      ['periodic', { period: 1 }],
    ]
    for (const [kind, params] of single) {
      const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
      for (const { membrane, wanted } of shown(encoding, [19], 1)) expectSameBits(membrane, wanted)
    }
  })
})

describe('images that cannot be encoded', () => {
  const bind = (kind: EngineEncodingKind, params: object, timeSteps: number, byte: number) => {
    const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
    const program = compileNetwork(showingNetwork(encoding, [4], timeSteps, 2))
    const executor = nativeBackend.create(program, 1)
    try {
      executor.bind('train', { images: new Uint8Array(8).fill(byte), labels: new Uint8Array(2), count: 2 })
    } finally {
      executor.dispose()
    }
  }

  it.each([
    ['latency', { tau: 5 }, 25, 0, 'encoding.tooLate'],
    ['latency', { firstSpikeTime: 25 }, 25, 255, 'encoding.firstSpike'],
    ['latency', { firstSpikeTime: 25, normalize: true }, 25, 255, 'encoding.firstSpike'],
    ['latency', { threshold: 0.9, epsilon: 1e-12, normalize: true }, 25, 255, 'encoding.epsilon'],
    ['latency', { interpolate: true, onTarget: 0, offTarget: 1 }, 25, 255, 'encoding.targets'],
    ['rate', { firstSpikeTime: 3 }, 3, 255, 'encoding.firstSpike'],
    ['phase', { scale: false }, 8, 255, 'encoding.brightness'],
  ] as const)('%s %j over %i steps of byte %i: %s', (kind, params, timeSteps, byte, code) => {
    expect(() => bind(kind, params, timeSteps, byte)).toThrow(expect.objectContaining({ code }))
  })

  it('are refused for what is in them, not for what might be', () => {
    expect(() => bind('latency', { tau: 5 }, 25, 255)).not.toThrow()
    expect(() => bind('phase', { scale: false }, 8, 254)).not.toThrow()
  })
})
