import type { EncodedTargets, EncodingPreview } from '../../../src-shared/contract.ts'
import { dtypeNamed } from '../../containers/dtypes.ts'
import type { NewArray } from '../../checkpoints/writers/numpyWriter.ts'

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** `targets` as float32, `[T,C]`; still ones `[C]`, as snnTorch has them. */
function targetArrays({ still, timeSteps, classes, values }: EncodedTargets): [string, NewArray][] {
  const shape = still ? [classes] : [timeSteps, classes]
  const bytes = bytesOf(still ? values.subarray(0, classes) : values)
  return [['targets', { dtype: dtypeNamed('float32'), shape, bytes }]]
}

/**
 * An encoded sample as arrays for NumPy: `spikes` as bytes or `values` as float32, `[T,...]`, `sample` and `label`,
 * and `targets` where there are some.
 */
export function previewArrays(
  preview: EncodingPreview,
  targets: EncodedTargets | null,
): Map<string, NewArray> {
  const { timeSteps, inputShape, spiking, values, pixels, shape, label } = preview
  const encoded = spiking ? Uint8Array.from(values) : values
  const bytes = bytesOf(encoded)
  return new Map<string, NewArray>([
    [
      spiking ? 'spikes' : 'values',
      { dtype: dtypeNamed(spiking ? 'uint8' : 'float32'), shape: [timeSteps, ...inputShape], bytes },
    ],
    ['sample', { dtype: dtypeNamed('uint8'), shape, bytes: pixels }],
    [
      'label',
      {
        dtype: dtypeNamed('int64'),
        shape: [],
        bytes: new Uint8Array(BigInt64Array.of(BigInt(label)).buffer),
      },
    ],
    ...(targets ? targetArrays(targets) : []),
  ])
}
