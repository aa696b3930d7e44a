import type { DropoutOp } from '../mapOps.ts'
import type { LayerOps, LayerSite } from './layerOps.ts'

function operands({ node }: LayerSite) {
  const mask = node.params.mask as DropoutOp['mask']
  return { layer: node.id, probability: Number(node.params.probability), mask }
}

/** One op forward and one backward, which draws the same mask again. */
export const dropout: LayerOps = {
  kind: 'dropout',
  forward(site, build) {
    const { layer, ...op } = operands(site)
    const stream = build.forward.filter((other) => other.op === 'dropout').length
    const output = build.sequence(`${layer}.output`, 'activation', site.input.shape)
    build.forward.push({ op: 'dropout', layer, ...op, stream, input: site.input.value, output })
    return { value: output, shape: site.input.shape, membrane: null }
  },
  backward(site, { value }, { value: gradient }, build) {
    const forward = build.forward.find((op) => op.op === 'dropout' && op.output === value)
    if (gradient === null || forward?.op !== 'dropout') return
    const output = build.gradient(site.input.value)
    const { layer, probability, mask, stream } = forward
    build.backward.push({ op: 'dropoutBackward', layer, probability, mask, stream, gradient, output })
  },
}
