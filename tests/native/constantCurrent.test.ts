import { describe, expect, it } from 'vitest'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import { layer, network } from '../main/engine/fixtures.ts'

const { fround } = Math

describe('constant current', () => {
  it.each([
    { gain: 1, offset: 0 },
    { gain: 0.3, offset: -0.7 },
    { gain: 37.123, offset: 11.9 },
  ])('is gain $gain and offset $offset of every byte, to the last bit', ({ gain, offset }) => {
    const memoryless = layer('n', 'leaky', { beta: 0, reset: 'none' })
    const spec = network([memoryless], [256], {
      encoding: { kind: 'constant', params: { gain, offset } },
      timeSteps: 1,
      batchSize: 1,
    })
    const executor = nativeBackend.create(compileNetwork(spec), 1)
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
    executor.bind('train', { images: bytes, labels: new Uint8Array(1), count: 1 })
    const indices = new Uint32Array(1)
    const [{ membrane }] = executor.trace({ kind: 'samples', split: 'train', indices, epoch: 0 })
    const wanted = Float32Array.from(bytes, (byte) =>
      fround(fround(fround(gain) * fround(byte / 255)) + fround(offset)),
    )
    expect(membrane).toEqual(wanted)
  })
})
