import { windowOf, windowOutput, type Axes } from '../../../src-shared/model/window.ts'
import type { LayerOps, LayerSite } from './layerOps.ts'

function operands({ node, input }: LayerSite, axes: Axes) {
  const window = windowOf(input.shape, node.params, axes, Number(node.params.outputs))
  if (!window) throw new Error(`no window fits the input of "${node.id}"`)
  return { layer: node.id, window, groups: Number(node.params.groups) }
}

function convolution(axes: Axes): LayerOps {
  return {
    kind: `conv${axes}d`,
    forward(site, build) {
      const { layer, window, groups } = operands(site, axes)
      const shape = windowOutput(window, axes)
      const output = build.sequence(`${layer}.output`, 'activation', shape)
      build.forward.push({
        op: 'convolution',
        layer,
        window,
        groups,
        input: site.input.value,
        weight: `${layer}.weight`,
        bias: site.node.params.bias ? `${layer}.bias` : null,
        output,
      })
      return { value: output, shape, membrane: null }
    },
    backward(site, _output, { value: gradient }, build) {
      if (gradient === null) return
      const shared = operands(site, axes)
      const weight = `${shared.layer}.weight`
      const weightGradient = build.learnedGradient(weight)
      if (weightGradient !== null) {
        build.backward.push({
          op: 'convolutionWeightGradient',
          ...shared,
          input: site.input.value,
          gradient,
          weightGradient,
          biasGradient: site.node.params.bias ? build.learnedGradient(`${shared.layer}.bias`) : null,
        })
      }
      const output = build.gradient(site.input.value)
      build.backward.push({ op: 'convolutionInputGradient', ...shared, gradient, weight, output })
    },
  }
}

/** One convolution forward; backward one for the weight and one for the input. */
export const conv1d = convolution(1)
export const conv2d = convolution(2)
