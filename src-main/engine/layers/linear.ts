import type { LayerOps } from './layerOps.ts'

/** One matrix product forward; backward one for the weight and one for the input. */
export const linear: LayerOps = {
  kind: 'linear',
  forward({ node, input }, build) {
    const layer = node.id
    const shape = [Number(node.params.outputs)]
    const output = build.sequence(`${layer}.output`, 'activation', shape)
    const bias = node.params.bias ? `${layer}.bias` : null
    build.forward.push({ op: 'linear', layer, input: input.value, weight: `${layer}.weight`, bias, output })
    return { value: output, shape, membrane: null }
  },
  backward({ node, input }, _output, { value: gradient }, build) {
    const layer = node.id
    const weight = `${layer}.weight`
    const weightGradient = build.learnedGradient(weight)
    if (gradient === null) return
    if (weightGradient !== null) {
      const biasGradient = node.params.bias ? build.learnedGradient(`${layer}.bias`) : null
      build.backward.push({
        op: 'linearWeightGradient',
        layer,
        input: input.value,
        gradient,
        weightGradient,
        biasGradient,
      })
    }
    const output = build.gradient(input.value)
    build.backward.push({ op: 'linearInputGradient', layer, gradient, weight, output })
  },
}
