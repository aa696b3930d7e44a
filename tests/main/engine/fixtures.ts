import { defaultLoss } from '../../../src-shared/lossTables.ts'
import type { NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { ImageSource, NamedTensor, ValueBatch } from '../../../src-main/engine/executor.ts'
import { encodingTables } from '../../../src-shared/encodingTables.ts'
import { optimizerTables } from '../../../src-shared/experimentFields.ts'
import { defaultValues, type FieldValues } from '../../../src-shared/fields.ts'
import type { LayerNode } from '../../../src-shared/model/document.ts'
import { findLayer } from '../../../src-shared/model/layers/index.ts'
import { uniformStream } from '../../random/uniformStream.ts'

/** A layer with every parameter at its default but the given ones. */
export function layer(id: string, kind: string, params: FieldValues = {}): LayerNode {
  return { id, kind, params: { ...defaultValues(findLayer(kind)?.fields ?? []), ...params } }
}

/** A network's spec on given static input, with everything else at its default. */
export function network(layers: LayerNode[], shape: number[], other: Partial<NetworkSpec> = {}): NetworkSpec {
  return {
    model: { version: 1, name: 'test', input: { shape }, layers },
    timeSteps: 5,
    batchSize: 4,
    encoding: { kind: 'given', static: true },
    loss: defaultLoss('ce_count'),
    optimizer: { kind: 'adam', params: defaultValues(optimizerTables.adam.fields) },
    seed: 1,
    ...other,
  }
}

export const constantEncoding = {
  kind: 'constant' as const,
  params: defaultValues(encodingTables.constant.fields),
}

/** Seeded numbers in [low, high). */
export function numbers(count: number, seed: number, low = 0, high = 1): Float32Array {
  const next = uniformStream(seed)
  return Float32Array.from({ length: count }, () => low + (high - low) * next())
}

export function valueBatch(values: Float32Array, labels: readonly number[]): ValueBatch {
  return { kind: 'values', values, labels: Uint8Array.from(labels) }
}

/** Images of seeded noise. */
export function noise(count: number, size: number, classes: number): ImageSource {
  const images = Uint8Array.from(numbers(count * size, 99, 0, 256))
  return { images, labels: Uint8Array.from({ length: count }, (_, i) => i % classes), count }
}

export function tensor(tensors: readonly NamedTensor[], name: string): Float32Array {
  const found = tensors.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`there is no tensor "${name}"`)
  return found.data
}
