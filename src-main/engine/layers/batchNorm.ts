import type { Axes } from '../../../src-shared/model/window.ts'
import type { BatchNormOp } from '../mapOps.ts'
import type { LayerOps, LayerSite } from './layerOps.ts'

function operands({ node, input }: LayerSite) {
  const layer = node.id
  return {
    layer,
    statistics: node.params.statistics as BatchNormOp['statistics'],
    epsilon: Number(node.params.epsilon),
    input: input.value,
    weight: node.params.affine ? `${layer}.weight` : null,
  }
}

function batchNorm(axes: Axes): LayerOps {
  return {
    kind: `batchnorm${axes}d`,
    forward(site, build) {
      const op = operands(site)
      const { shape } = site.input
      const output = build.sequence(`${op.layer}.output`, 'activation', shape)
      build.forward.push({
        op: 'batchNorm',
        ...op,
        bias: site.node.params.affine ? `${op.layer}.bias` : null,
        runningMean: `${op.layer}.running_mean`,
        runningVariance: `${op.layer}.running_var`,
        momentum: Number(site.node.params.momentum),
        output,
      })
      return { value: output, shape, membrane: null }
    },
    backward(site, _output, { value: gradient }, build) {
      if (gradient === null) return
      const op = operands(site)
      build.backward.push({
        op: 'batchNormBackward',
        ...op,
        gradient,
        inputGradient: build.gradient(op.input),
        weightGradient: op.weight && build.learnedGradient(op.weight),
        biasGradient: op.weight && build.learnedGradient(`${op.layer}.bias`),
      })
    },
  }
}

/** One op forward and one backward; running mean and variance are parameters that no gradient reaches. */
export const batchNorm1d = batchNorm(1)
export const batchNorm2d = batchNorm(2)
