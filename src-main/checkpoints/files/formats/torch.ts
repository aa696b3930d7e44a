import type { FileBytes } from '../../../containers/fileBytes.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import type { ReadFile } from '../openedFile.ts'
import { callables } from '../pickle/callables.ts'
import { unpickle } from '../pickle/opcodes.ts'
import type { PickleValue, StorageValue } from '../pickle/values.ts'
import type { ZipArchive } from '../../../containers/zip/zipArchive.ts'
import { storageId, storageValue } from './torchStorages.ts'

/**
 * torch.save since 1.6: an uncompressed zip with `<stem>/data.pkl`, whose tensors name the storages
 * `<stem>/data/<key>`. Source: pytorch, torch/serialization.py.
 */

/** The object graph is small beside its tensors; a larger one is refused unread. */
export const largestPickle = 64 * 2 ** 20

/** Folder of the entry `data.pkl`, with its slash; null where there is none. */
export function torchFolder(zip: ZipArchive): string | null {
  for (const name of zip.entries.keys()) {
    if (/^[^/]*\/data\.pkl$/.test(name)) return name.slice(0, -'data.pkl'.length)
  }
  return null
}

function isBigEndian(zip: ZipArchive, folder: string): boolean {
  const entry = zip.entries.get(`${folder}byteorder`)
  return (
    entry !== undefined && entry.size <= 16 && new TextDecoder().decode(zip.content(entry, false)) === 'big'
  )
}

/** Makes storages of persistent ids, each once. */
function storages(file: FileBytes, zip: ZipArchive, folder: string): (id: PickleValue) => StorageValue {
  const bigEndian = isBigEndian(zip, folder)
  const known = new Map<string, StorageValue>()
  return (id) => {
    const { dtype, key, device, count } = storageId(id)
    const found = known.get(key)
    if (found && found.dtype === dtype && found.count === count) return found
    const entry = zip.entries.get(`${folder}data/${key}`)
    if (!entry) throw new FileProblem('problem.storageMissing', { name: shown(key) })
    if (count * (dtype?.bytes ?? 1) > entry.size) {
      throw new FileProblem('problem.storageShort', { name: shown(key), size: entry.size, count })
    }
    let start = -1
    const made = storageValue({ dtype, device, count }, bigEndian, (from, length) => {
      if (entry.method !== 0) return zip.content(entry, false).slice(from, from + length)
      if (start < 0) start = zip.start(entry)
      return file.read(start + from, length)
    })
    known.set(key, made)
    return made
  }
}

export function readTorch(file: FileBytes, zip: ZipArchive, folder: string): ReadFile {
  const entry = zip.entries.get(`${folder}data.pkl`)
  if (!entry) throw new FileProblem('problem.noPickle')
  if (entry.size > largestPickle)
    throw new FileProblem('problem.pickleLarge', { size: entry.size, limit: largestPickle })
  const host = { callables, persistent: storages(file, zip, folder) }
  const { value, strangers } = unpickle(zip.content(entry, false), host)
  const scripted = zip.entries.has(`${folder}constants.pkl`)
  return {
    format: 'torch',
    root: value,
    notes: [
      ...(scripted ? [{ phrase: 'note.torchScript' } as const] : []),
      ...(strangers.length > 0
        ? [{ phrase: 'note.pickledModel', classes: strangers.slice(0, 3).map(shown).join(', ') } as const]
        : []),
    ],
  }
}
