import { createHash } from 'node:crypto'
import { instructionSet } from '../../src-main/engine/backends/native/addon.ts'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import { encodingTables } from '../../src-shared/encodingTables.ts'
import { defaultValues } from '../../src-shared/fields.ts'
import { encodingSettings, showingNetwork, shownImages } from './encodedImages.ts'
import {
  darkImages,
  mapNetwork,
  prepared,
  samples,
  spikingNetwork,
  staticNetwork,
  wideNetwork,
} from './networks.ts'

/** Prints what this process computes with; its instruction set is chosen by SPIKEDESK_ISA. */
const results = [staticNetwork, spikingNetwork, mapNetwork, wideNetwork].map((spec) => {
  const executor = prepared(spec, 2)
  if (spec === wideNetwork) executor.bind('train', darkImages(300))
  const { result, gradients } = executor.gradients(samples(0, 50))
  return {
    loss: result.loss,
    layerSpikes: [...result.layerSpikes],
    norms: gradients.map(({ data }) => Math.sqrt(data.reduce((sum, value) => sum + value * value, 0))),
  }
})
/** All that images become under every encoder, as features and as maps. */
function encoded(): string {
  const hash = createHash('sha256')
  for (const { kind, params } of encodingSettings) {
    const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
    for (const shape of [[37], [2, 5, 7]]) {
      const images = shownImages(shape)
      const program = compileNetwork(showingNetwork(encoding, shape, 33, images.count))
      const executor = nativeBackend.create(program, 1)
      executor.bind('train', images)
      const indices = Uint32Array.from({ length: images.count }, (_, i) => i)
      const [{ membrane }] = executor.trace({ kind: 'samples', split: 'train', indices, epoch: 1 })
      hash.update(new Uint8Array(membrane.buffer))
      executor.dispose()
    }
  }
  return hash.digest('hex')
}

console.log(JSON.stringify({ instructionSet: instructionSet(), results, encoded: encoded() }))
