import { windowOf, windowOutput, type Axes, type Window } from '../../../src-shared/model/window.ts'
import type { PoolMethod } from '../mapOps.ts'
import type { LayerOps, LayerSite } from './layerOps.ts'

/** The window of adaptive pooling: only its sizes mean something, the parts follow from them. */
function adaptiveWindow({ node, input }: LayerSite, axes: Axes): Window | null {
  const side = Number(node.params.size)
  const whole = windowOf(input.shape, { kernel: 1 }, axes)
  return whole && { ...whole, outputHeight: axes === 2 ? side : 1, outputWidth: side }
}

function operands(site: LayerSite, pool: PoolMethod, axes: Axes) {
  const { node, input } = site
  const window =
    pool === 'adaptiveAverage' ? adaptiveWindow(site, axes) : windowOf(input.shape, node.params, axes)
  if (!window) throw new Error(`no window fits the input of "${node.id}"`)
  return { layer: node.id, pool, window, input: input.value }
}

function pool(kind: string, method: PoolMethod, axes: Axes): LayerOps {
  return {
    kind: `${kind}${axes}d`,
    forward(site, build) {
      const op = operands(site, method, axes)
      const shape = windowOutput(op.window, axes)
      const output = build.sequence(`${op.layer}.output`, 'activation', shape)
      build.forward.push({ op: 'pool', ...op, output })
      return { value: output, shape, membrane: null }
    },
    backward(site, _output, { value: gradient }, build) {
      if (gradient === null) return
      const output = build.gradient(site.input.value)
      build.backward.push({ op: 'poolBackward', ...operands(site, method, axes), gradient, output })
    },
  }
}

/** One op forward and one backward, without parameters. */
export const maxPool1d = pool('maxpool', 'max', 1)
export const maxPool2d = pool('maxpool', 'max', 2)
export const averagePool1d = pool('avgpool', 'average', 1)
export const averagePool2d = pool('avgpool', 'average', 2)
export const adaptiveAveragePool1d = pool('adaptiveavgpool', 'adaptiveAverage', 1)
export const adaptiveAveragePool2d = pool('adaptiveavgpool', 'adaptiveAverage', 2)
