import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { findLayer } from '../../../src-shared/model/layers/index.ts'
import type { LayerOps } from './layerOps.ts'

/** A layer that reads several inputs: one op forward, one backward. */
function join(kind: 'add' | 'concat'): LayerOps {
  const definition = findLayer(kind)
  return {
    kind,
    forward({ node, inputs }, build) {
      const shape = definition?.join?.(
        inputs.map((input) => input.shape),
        node.params,
      )
      if (!Array.isArray(shape)) throw new Error(`the inputs of "${node.id}" do not agree`)
      const output = build.sequence(`${node.id}.output`, 'activation', shape)
      build.forward.push({ op: kind, layer: node.id, inputs: inputs.map(({ value }) => value), output })
      return { value: output, shape, membrane: null }
    },
    backward({ node, inputs }, _output, { value: gradient }, build) {
      if (gradient === null) return
      const outputs = inputs.map(({ value }) => build.gradient(value))
      const op = { layer: node.id, gradient, outputs }
      const sizes = inputs.map((input) => elementCount(input.shape))
      build.backward.push(
        kind === 'add' ? { op: 'addBackward', ...op } : { op: 'concatBackward', ...op, sizes },
      )
    },
  }
}

export const add = join('add')
export const concat = join('concat')
