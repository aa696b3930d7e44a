import { describe, expect, it } from 'vitest'
import type { EncodingPreview } from '../../../../src-shared/contract.ts'
import { encodingFacts, middlePixel } from '../../../../src-renderer/views/data/encodingFacts.ts'

/** Four pixels over five steps; pixel 1 fires twice, pixel 3 three times on the last step's eve and on it. */
const preview: EncodingPreview = {
  shape: [1, 2, 2],
  label: 0,
  pixels: new Uint8Array([0, 130, 0, 255]),
  timeSteps: 5,
  spiking: true,
  values: Float32Array.from(
    [
      [0, 1, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
      [0, 1, 0, 1],
    ].flat(),
  ),
  totals: new Float32Array([0, 2, 0, 2]),
  inputShape: [1, 2, 2],
  events: null,
}

describe('what is read off an encoded sample', () => {
  it('counts by pixel and by step', () => {
    const facts = encodingFacts(preview, 3)
    expect([...facts.train]).toEqual([0, 0, 1, 0, 1])
    expect([...facts.perStep]).toEqual([1, 0, 1, 0, 2])
    expect(facts).toMatchObject({
      total: 4,
      mean: 0.2,
      silent: 2,
      emptySteps: 2,
      lastShare: 0.5,
      maxTotal: 2,
    })
  })

  it('survives a sample with nothing in it', () => {
    const empty = { ...preview, values: new Float32Array(20), totals: new Float32Array(4) }
    expect(encodingFacts(empty, 0)).toMatchObject({ total: 0, lastShare: 0, silent: 4, emptySteps: 5 })
  })

  it('begins with a bright pixel near the centre, or the centre of a dark image', () => {
    expect(middlePixel(preview)).toBe(3)
    expect(middlePixel({ ...preview, pixels: new Uint8Array(4) })).toBe(3)
    expect(middlePixel({ ...preview, pixels: new Uint8Array([200, 0, 0, 0]) })).toBe(0)
  })
})
