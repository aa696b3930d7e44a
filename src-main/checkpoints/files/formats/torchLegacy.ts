import type { FileBytes } from '../../../containers/fileBytes.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import type { FileNode, ReadFile } from '../openedFile.ts'
import { callables } from '../pickle/callables.ts'
import { unpickle } from '../pickle/opcodes.ts'
import { textOf, type PickleValue, type StorageValue } from '../pickle/values.ts'
import { largestPickle } from './torch.ts'
import { storageId, storageValue } from './torchStorages.ts'

/**
 * torch.save before 1.6: five pickles one after the other (magic, protocol, system, object, storage keys), then
 * for each key the number of elements as u64 and the elements. Source: pytorch, torch/serialization.py.
 */

const magic = 0x1950a86a20f9469cfc6cn

/** The pickle of the magic number as protocol 2 writes it; the protocol's own byte may differ. */
export function isTorchLegacy(file: FileBytes): boolean {
  if (file.size < 16) return false
  const head = file.read(0, 16)
  if (head[0] !== 0x80 || head[2] !== 0x8a || head[3] !== 10) return false
  let value = 0n
  for (let i = 13; i >= 4; i--) value = (value << 8n) | BigInt(head[i])
  return value === magic
}

interface Storage {
  value: StorageValue
  elementBytes: number
  count: number
  /** Where its elements begin; known when all pickles are read. */
  start: number
}

function plainPickle(bytes: Uint8Array, at: number) {
  return unpickle(
    bytes,
    {
      callables,
      persistent() {
        throw new FileProblem('problem.argument')
      },
    },
    at,
  )
}

function isBigEndian(system: FileNode): boolean {
  const little = system.kind === 'dict' ? system.entries.get('little_endian') : undefined
  return little?.kind === 'scalar' && little.value === false
}

/** Storages by key; a part of one (in old views) is a storage of its own over the same bytes. */
function collector(file: FileBytes, bigEndian: boolean) {
  const storages = new Map<string, Storage>()
  const persistent = (id: PickleValue): PickleValue => {
    const { dtype, key, device, count, view } = storageId(id)
    const elementBytes = dtype?.bytes ?? 1
    let found = storages.get(key)
    if (!found) {
      const made: Storage = {
        elementBytes,
        count,
        start: -1,
        value: { kind: 'storage', dtype, device, count, read },
      }
      function read(from: number, length: number): Uint8Array {
        if (made.start < 0) throw new FileProblem('problem.storageMissing', { name: shown(key) })
        return file.read(made.start + from, length)
      }
      made.value = storageValue({ dtype, device, count }, bigEndian, read)
      storages.set(key, made)
      found = made
    }
    if (found.count !== count || found.elementBytes !== elementBytes)
      throw new FileProblem('problem.argument')
    if (!view) return found.value
    if (view.offset + view.count > count) throw new FileProblem('problem.argument')
    const { value } = found
    const shift = view.offset * elementBytes
    return { ...value, count: view.count, read: (from, length) => value.read(from + shift, length) }
  }
  return { storages, persistent }
}

/** Finds where each storage begins, behind the pickles. */
function place(file: FileBytes, keys: FileNode, storages: ReadonlyMap<string, Storage>, end: number): void {
  if (keys.kind !== 'list') throw new FileProblem('problem.argument')
  let at = end
  for (const node of keys.items) {
    const key = textOf(node)
    const storage = storages.get(key)
    if (!storage || storage.start >= 0) throw new FileProblem('problem.storageMissing', { name: shown(key) })
    const count = Number(new DataView(file.read(at, 8).buffer).getBigUint64(0, true))
    if (count !== storage.count) {
      throw new FileProblem('problem.storageShort', { name: shown(key), size: count, count: storage.count })
    }
    storage.start = at + 8
    at = storage.start + count * storage.elementBytes
    if (at > file.size)
      throw new FileProblem('problem.ends', {
        at: storage.start,
        length: at - storage.start,
        size: file.size,
      })
  }
}

export function readTorchLegacy(file: FileBytes): ReadFile {
  const bytes = file.read(0, Math.min(file.size, largestPickle))
  let at = plainPickle(bytes, 0).end
  at = plainPickle(bytes, at).end
  const system = plainPickle(bytes, at)
  const { storages, persistent } = collector(file, isBigEndian(system.value))
  const { value, end, strangers } = unpickle(bytes, { callables, persistent }, system.end)
  const keys = plainPickle(bytes, end)
  place(file, keys.value, storages, keys.end)
  return {
    format: 'torch-legacy',
    root: value,
    notes:
      strangers.length > 0
        ? [{ phrase: 'note.pickledModel', classes: strangers.slice(0, 3).map(shown).join(', ') }]
        : [],
  }
}
