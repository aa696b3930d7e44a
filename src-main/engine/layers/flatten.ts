import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import type { LayerOps } from './layerOps.ts'

/** No op at all: a sample lies in memory as it is, only its shape is read differently. */
export const flatten: LayerOps = {
  kind: 'flatten',
  forward: ({ input }) => ({ ...input, shape: [elementCount(input.shape)] }),
  backward: () => {},
}
