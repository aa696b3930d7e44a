import type { SynapticCost } from '../../src-shared/encodingContract.ts'
import { layerInputs, networkInput } from '../../src-shared/model/connections.ts'
import type { ModelDocument } from '../../src-shared/model/document.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { inferModel, type InferredLayer } from '../../src-shared/model/shapes.ts'
import { windowOf, type Axes } from '../../src-shared/model/window.ts'

/** Energy of an addition and of a multiplication with it, 32 bits at 45 nm. Source: Horowitz, ISSCC 2014. */
const addition = 0.9
const multiplication = 4.6

/** How many places of the output each place of an axis reaches. */
function reached(
  size: number,
  outputs: number,
  kernel: number,
  stride: number,
  padding: number,
  dilation: number,
): number[] {
  const counts = Array<number>(size).fill(0)
  for (let output = 0; output < outputs; output++) {
    for (let k = 0; k < kernel; k++) {
      const place = output * stride - padding + k * dilation
      if (place >= 0 && place < size) counts[place]++
    }
  }
  return counts
}

function convolutionFanOut({ node, inputShape }: InferredLayer, axes: Axes): number[] | null {
  const window = inputShape && windowOf(inputShape, node.params, axes, Number(node.params.outputs))
  if (!window) return null
  const { height, width, strideX, strideY, paddingX, paddingY, dilationX, dilationY } = window
  const rows = reached(height, window.outputHeight, window.kernelHeight, strideY, paddingY, dilationY)
  const columns = reached(width, window.outputWidth, window.kernelWidth, strideX, paddingX, dilationX)
  const each = window.outputs / Number(node.params.groups)
  const plane = rows.flatMap((down) => columns.map((across) => down * across * each))
  return Array.from({ length: window.channels }, () => plane).flat()
}

/** Synapses of each input of a layer, `[N]`; null where it has no weights. */
function fanOut(layer: InferredLayer): number[] | null {
  const { kind, params } = layer.node
  if (kind === 'conv1d') return convolutionFanOut(layer, 1)
  if (kind === 'conv2d') return convolutionFanOut(layer, 2)
  if (kind !== 'linear' || !layer.inputShape) return null
  return Array<number>(elementCount(layer.inputShape)).fill(Number(params.outputs))
}

/** The layers that read the input of the network as it is, or flattened. */
function readers(model: ModelDocument): InferredLayer[] {
  const { layers } = inferModel(model)
  const inputs = layerInputs(model.layers)
  const same = new Set([networkInput])
  return layers.filter(({ node }, i) => {
    if (!inputs[i].some((input) => same.has(input))) return false
    if (node.kind === 'flatten') same.add(node.id)
    return node.kind !== 'flatten'
  })
}

/**
 * What an encoded sample costs the layers of a network that read it. Null where the network takes inputs of another
 * number, or where a layer that reads them has no weights of its own.
 *
 * @param perInput how many values of each input are not zero, `[N]`
 */
export function synapticCost(
  model: ModelDocument,
  perInput: Uint32Array,
  multiplied: boolean,
): SynapticCost | null {
  const inputs = perInput.length
  if (elementCount(model.input.shape) !== inputs) return null
  const found = readers(model)
  const fans = found.map(fanOut)
  if (fans.length === 0 || fans.some((fan) => fan === null || fan.length !== inputs)) return null
  let operations = 0
  for (const fan of fans) fan?.forEach((synapses, i) => (operations += perInput[i] * synapses))
  const picojoules = operations * (multiplied ? multiplication : addition)
  return { layers: found.map(({ node }) => node.id), operations, multiplied, picojoules }
}
