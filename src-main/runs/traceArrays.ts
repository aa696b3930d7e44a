import type { Split } from '../../src-shared/contract.ts'
import { dtypeNamed } from '../containers/dtypes.ts'
import type { NewArray } from '../checkpoints/writers/numpyWriter.ts'
import type { FileNetwork } from './fileNetwork.ts'
import { withExecutor } from './fileNetwork.ts'
import { traceOf } from './trace.ts'

function floats(data: Float32Array, shape: number[]): NewArray {
  return {
    dtype: dtypeNamed('float32'),
    shape,
    bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  }
}

function integer(value: number): NewArray {
  return {
    dtype: dtypeNamed('int64'),
    shape: [],
    bytes: new Uint8Array(BigInt64Array.of(BigInt(value)).buffer),
  }
}

/**
 * Every spike and membrane of a network on one sample as arrays for NumPy, `[T, neurons]` each. Throws
 * `sample.range`.
 */
export function traceArrays(
  found: FileNetwork,
  split: Split,
  index: number,
): { arrays: Map<string, NewArray>; label: number; prediction: number } {
  const one = { ...found, experiment: { ...found.experiment, batchSize: 1 } }
  const { layers, pixels, shape, label, prediction, timeSteps } = withExecutor(one, (executor) =>
    traceOf({ ...one, executor }, split, index),
  )
  const bytes = dtypeNamed('uint8')
  const arrays = new Map<string, NewArray>([['input', { dtype: bytes, shape, bytes: pixels }]])
  for (const { layer, neurons, spikes, membrane, states } of layers) {
    const size = [timeSteps, neurons]
    arrays.set(`${layer}.spikes`, { dtype: bytes, shape: size, bytes: spikes })
    arrays.set(`${layer}.membrane`, floats(membrane, size))
    for (const [name, values] of Object.entries(states ?? {}))
      arrays.set(`${layer}.${name}`, floats(values, size))
  }
  arrays.set('label', integer(label))
  arrays.set('prediction', integer(prediction))
  return { arrays, label, prediction }
}
