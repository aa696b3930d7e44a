import { describe, expect, it } from 'vitest'
import { encodeImage, encodeImageSpikes } from '../../../src-main/encoding/imageSample.ts'
import { eventPicture } from '../../../src-main/encoding/samplePicture.ts'
import { encodingTables, type EncodingKind } from '../../../src-shared/encodingTables.ts'
import type { EncodingSettings } from '../../../src-shared/experiment.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { unpackSpikes } from '../../shared/unpackSpikes.ts'

const stream = { seed: 3, phase: 'train', sample: 2, epoch: 1 } as const
const pixels = Uint8Array.from({ length: 35 }, (_, i) => (i * 97) % 256)
const image = { shape: [1, 5, 7], pixels }
/** The same numbers as no bytes any more. */
const changed = { ...image, pixels: Float32Array.from(pixels, (byte) => byte / 255) }

const codings: [EncodingKind, EncodingSettings['params']][] = [
  ['rate', {}],
  ['rate', { gain: 0.5, offset: 0.25, firstSpikeTime: 3 }],
  ['poisson', {}],
  ['latency', { normalize: true }],
  ['firstSpike', {}],
  ['delta', {}],
  ['phase', {}],
  ['population', {}],
  ['population', { spikes: 'random', population: 4 }],
  ['periodic', { period: 5 }],
]

describe('spikes of an image as bits', () => {
  it.each(codings)('are those that it is trained on: %s %o', (kind, params) => {
    const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
    const coding = { encoding, transforms: [] }
    for (const sample of [image, changed]) {
      const { values } = encodeImage(coding, sample, 20, stream)
      const found = encodeImageSpikes(coding, sample, 20, stream)
      expect(found && unpackSpikes(found.spikes)).toEqual(values)
      expect(values.some((value) => value === 1)).toBe(true)
    }
  })

  it('are none where the encoding makes currents, ramps or signs', () => {
    for (const [kind, params] of [
      ['constant', {}],
      ['latency', { interpolate: true }],
      ['delta', { offSpike: true }],
    ] as const) {
      const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
      expect(encodeImageSpikes({ encoding, transforms: [] }, image, 20, stream)).toBeNull()
    }
  })

  it('refuse a first spike after the last step, as numbers do', () => {
    const encoding = { kind: 'rate', params: { gain: 1, offset: 0, firstSpikeTime: 20 } } as const
    expect(() => encodeImageSpikes({ encoding, transforms: [] }, image, 20, stream)).toThrow(
      expect.objectContaining({ code: 'encoding.firstSpike' }),
    )
  })
})

it('the picture of a recording of a large sensor is made, however many pixels it has', () => {
  const { shape, pixels: counts } = eventPicture(
    { x: Uint16Array.of(1279, 1279, 0), y: Uint16Array.of(719, 719, 0) },
    [2, 720, 1280],
  )
  expect(shape).toEqual([1, 720, 1280])
  expect([counts[0], counts[counts.length - 1], counts[1]]).toEqual([127, 255, 0])
})
