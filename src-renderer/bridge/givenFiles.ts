import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { pathOfFile } from './open.ts'

/** A file that the page may read but cannot name the place of. */
export interface GivenFile {
  /** Below the folder that was given, with `/` between names; empty for a file that was given by itself. */
  path: string
  file: File
}

/** What somebody dropped or picked: places where the host tells them, else the files themselves. */
export type Given = { kind: 'path'; path: string } | { kind: 'files'; name: string; files: GivenFile[] }

const isHidden = (name: string): boolean => name.startsWith('.') || name === '__MACOSX'

function readEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject))
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (let some = await readEntries(reader); some.length > 0; some = await readEntries(reader))
    all.push(...some)
  return all
}

async function collect(entry: FileSystemEntry, path: string, files: GivenFile[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    )
    files.push({ path, file })
    return
  }
  for (const inner of await entriesOf(entry as FileSystemDirectoryEntry)) {
    if (!isHidden(inner.name)) await collect(inner, path === '' ? inner.name : `${path}/${inner.name}`, files)
  }
}

/** Several files beside one another go as a folder, called as the first of them without its ending. */
function folderName(files: readonly { name: string }[]): string {
  return files[0].name.replace(/\.[^.]*$/, '') || files[0].name
}

/** One file, or several that lie in one folder. */
function pickedBeside(files: readonly File[]): Given {
  if (files.length === 1) return { kind: 'files', name: files[0].name, files: [{ path: '', file: files[0] }] }
  return { kind: 'files', name: folderName(files), files: files.map((file) => ({ path: file.name, file })) }
}

/** A place in text that was dragged: an address of a file, or an absolute path. */
function placeInText(text: string): string | null {
  const line = text.split(/\r?\n/).find((each) => each !== '' && !each.startsWith('#')) ?? ''
  const address = URL.parse(line)
  if (address?.protocol === 'file:')
    return decodeURIComponent(address.pathname).replace(/^\/(?=[A-Za-z]:)/, '')
  return /^(\/|[A-Za-z]:[\\/])/.test(line) ? line : null
}

/** Whether something is dragged that could be given. */
export function isGiving({ types }: DataTransfer): boolean {
  return types.includes('Files') || types.includes('text/uri-list')
}

/** The name or path of what is dropped, where it is one thing; null of several. Call it while the event is handled. */
export function droppedName(transfer: DataTransfer): string | null {
  const { length, [0]: file } = transfer.files
  if (length > 0) return length === 1 ? file.name : null
  return placeInText(transfer.getData('text/uri-list') || transfer.getData('text/plain'))
}

/**
 * What was dropped; null where it is nothing of that kind. Call it while the event is handled: afterwards the browser
 * shows nothing of it any more.
 */
export function givenByDrop(transfer: DataTransfer): (() => Promise<Given>) | null {
  const dropped = [...transfer.files]
  if (dropped.length === 0) {
    const path = placeInText(transfer.getData('text/uri-list') || transfer.getData('text/plain'))
    return path === null ? null : async () => ({ kind: 'path', path })
  }
  const path = pathOfFile(dropped[0])
  if (path !== null) return async () => ({ kind: 'path', path })
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  // A drop that a program makes up has files and no entries.
  if (entries.length === 0) {
    const given = pickedBeside(dropped)
    return async () => given
  }
  return async () => {
    const files: GivenFile[] = []
    const alone = entries.length === 1
    const name = alone ? entries[0].name : folderName(dropped)
    try {
      for (const entry of entries) await collect(entry, alone ? '' : entry.name, files)
    } catch (error) {
      throw new SpikedeskError('drop.unreadable', { file: name }, error)
    }
    return { kind: 'files', name, files }
  }
}

/** The folder of files of which a browser tells the path below it: `set/0/a.png` at `/home/x/set/0/a.png`. */
function folderOf(place: string, below: string): string {
  const inside = below.slice(below.indexOf('/')).length
  return place.slice(0, place.length - inside)
}

/** What was picked in a dialog for files or for a folder; null where it is nothing. */
export function givenByPicker(list: FileList): Given | null {
  const picked = [...list]
  if (picked.length === 0) return null
  const [first] = picked
  const below = first.webkitRelativePath
  const place = pathOfFile(first)
  if (place !== null) return { kind: 'path', path: below === '' ? place : folderOf(place, below) }
  if (below === '') return pickedBeside(picked)
  const files = picked.map((file) => ({
    path: file.webkitRelativePath.slice(file.webkitRelativePath.indexOf('/') + 1),
    file,
  }))
  return {
    kind: 'files',
    name: below.slice(0, below.indexOf('/')),
    files: files.filter(({ path }) => !path.split('/').some(isHidden)),
  }
}
