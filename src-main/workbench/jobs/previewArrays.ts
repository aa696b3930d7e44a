import type { EncodingPreview } from '../../../src-shared/contract.ts'
import { dtypeNamed } from '../../checkpoints/files/dtypes.ts'
import type { NewArray } from '../../checkpoints/writers/numpyWriter.ts'

/** An encoded sample as arrays for NumPy: `spikes` as bytes or `values` as float32, `[T,...]`, `sample` and `label`. */
export function previewArrays(preview: EncodingPreview): Map<string, NewArray> {
  const { timeSteps, inputShape, spiking, values, pixels, shape, label } = preview
  const encoded = spiking ? Uint8Array.from(values) : values
  const bytes = new Uint8Array(encoded.buffer, encoded.byteOffset, encoded.byteLength)
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
  ])
}
