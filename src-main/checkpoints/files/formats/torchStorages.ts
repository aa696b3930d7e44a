import { storageDtype } from '../pickle/torchCallables.ts'
import { swapBytes, type Dtype } from '../../../containers/dtypes.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import { textOf, countOf, type PickleValue, type StorageValue } from '../pickle/values.ts'

/** What torch's persistent ids say: `('storage', class, key, location, elements)`. */
export interface StorageId {
  dtype: Dtype | null
  key: string
  device: string
  count: number
  /** Offset and elements of a part, in the old container. */
  view: { offset: number; count: number } | null
}

export function storageId(id: PickleValue): StorageId {
  if (id.kind !== 'list' || id.items.length < 5) throw new FileProblem('problem.argument')
  const [type, storageClass, key, location, count, view] = id.items
  if (textOf(type) !== 'storage' || storageClass.kind !== 'global') throw new FileProblem('problem.argument')
  return {
    dtype: storageDtype(storageClass.name),
    key: textOf(key),
    device: shown(textOf(location)),
    count: countOf(count),
    view:
      view?.kind === 'list' && view.items.length === 3
        ? { offset: countOf(view.items[1]), count: countOf(view.items[2]) }
        : null,
  }
}

/** A storage whose bytes begin at a place that is known when it is read. */
export function storageValue(
  { dtype, device, count }: Pick<StorageId, 'dtype' | 'device' | 'count'>,
  bigEndian: boolean,
  read: (from: number, length: number) => Uint8Array,
): StorageValue {
  return {
    kind: 'storage',
    dtype,
    device,
    count,
    read(from, length) {
      const bytes = read(from, length)
      return bigEndian && dtype ? swapBytes(bytes, dtype.word) : bytes
    },
  }
}
