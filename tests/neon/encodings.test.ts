import { expect, test } from 'vitest'
import { encodeSample } from '../../src-main/encoding/index.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import { encodingTables } from '../../src-shared/encodingTables.ts'
import { defaultValues } from '../../src-shared/fields.ts'
import { encodingSettings, showingNetwork, shownImages } from '../native/encodedImages.ts'
import { emulatedBackend } from './emulatedBackend.ts'

const timeSteps = 33

test.each(encodingSettings)('$kind $params is the encoder’s, bit for bit', ({ kind, params }) => {
  const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
  for (const shape of [[37], [2, 5, 7]]) {
    const images = shownImages(shape)
    const program = compileNetwork(showingNetwork(encoding, shape, timeSteps, images.count))
    const executor = emulatedBackend.create(program, 2)
    executor.bind('train', images)
    const indices = Uint32Array.from({ length: images.count }, (_, i) => i)
    const [{ membrane, neurons }] = executor.trace({ kind: 'samples', split: 'train', indices, epoch: 1 })
    executor.dispose()
    const size = images.images.length / images.count
    indices.forEach((sample) => {
      const pixels = images.images.subarray(sample * size, (sample + 1) * size)
      const stream = { seed: program.seed, phase: 'train' as const, sample, epoch: 1 }
      const found = Float32Array.from({ length: timeSteps * neurons }, (_, i) => {
        const step = Math.floor(i / neurons)
        return membrane[(step * images.count + sample) * neurons + (i % neurons)]
      })
      const wanted = encodeSample(encoding, pixels, timeSteps, stream)
      expect(
        Buffer.from(found.buffer).equals(Buffer.from(wanted.buffer, wanted.byteOffset, wanted.byteLength)),
      ).toBe(true)
    })
  }
})
