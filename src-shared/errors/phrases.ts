import { filePhrases } from './filePhrases.ts'
import { importPhrases } from './imports.ts'

/**
 * Parts of sentences that an error carries in its data: a range, the kind of a file, the reason of the system.
 * English stands here; other languages list the same codes. `{name}` is filled from the phrase itself.
 */
export const phrases = {
  ...importPhrases,
  'range.from': 'from {min} to {max}',
  'range.above': 'above {min} to {max}',
  'value.list': 'a list',
  'value.object': 'an object',
  'shape.value': 'a single value',
  'shape.axis': 'a single axis (put a flatten layer before it)',
  'decay.alphaAboveBeta': 'α above β',
  'shape.maps': 'channels × height × width',
  'shape.rows': 'channels × length',
  'shape.leastMaps': 'maps of at least {size}',
  'shape.features': 'features, or channels × length',
  'shape.grouped': 'input and output channels that {groups} groups divide',
  'shape.padding': 'a padding of at most half the kernel',
  'shape.channels': '{shape} and {outputs} output channels',
  'shape.equal': 'inputs of one shape',
  'shape.sameMaps': 'inputs that differ in their channels alone',
  'inputs.one': 'one',
  'inputs.several': 'two or more',
  'split.train': 'train',
  'split.test': 'test',
  'state.preparing': 'preparing',
  'state.running': 'running',
  'state.pausing': 'pausing',
  'state.paused': 'paused',
  'state.stopping': 'stopping',
  'state.done': 'done',
  'state.stopped': 'stopped',
  'state.failed': 'failed',
  'state.interrupted': 'interrupted',
  'wish.pause': 'paused',
  'wish.resume': 'resumed',
  'wish.stop': 'stopped',
  'reason.permission': 'permission denied',
  'reason.readOnlyDisk': 'the disk is read-only',
  'reason.diskFull': 'the disk is full',
  'reason.quota': 'the disk quota is used up',
  'reason.notFolder': 'a part of its path is a file, not a folder',
  'reason.nameTaken': 'there is a file of this name',
  'reason.folder': 'it is a folder',
  'reason.missing': 'it does not exist',
  'reason.folderMissing': 'a folder of its path does not exist',
  'reason.openFiles': 'too many files are open',
  'reason.longName': 'its name is too long',
  'reason.links': 'its links run in a circle',
  'reason.disk': 'the disk reports an error',
  'reason.readOnly': 'it is read-only',
  'reason.databaseMoved': 'its database file was moved or deleted while in use',
  'reason.databaseClosed': 'its database cannot be opened',
  'reason.databaseBusy': 'its database is in use by another program',
  'reason.notDatabase': 'it is not a database',
  'reason.damaged': 'it is damaged',
  'reason.notJson': 'it is not JSON',
  'reason.dropout': 'it has no kernel for dropout yet',
  'reason.lastMaps': 'its last layer must not have maps; put a linear layer before it',
  'reason.recurrentMaps': 'it has no kernel for neurons that hear each other across maps',
  'bytes.unsigned': 'unsigned bytes',
  'bytes.signed': 'signed bytes',
  'bytes.int16': '16-bit integers',
  'bytes.int32': '32-bit integers',
  'bytes.float32': '32-bit floats',
  'bytes.float64': '64-bit floats',
  'dimensions.either': 'images have 3 or 4, labels have 1',
  'dimensions.images': 'images have 3 (count, height, width) or 4 (count, channels, height, width)',
  'dimensions.labels': 'labels have 1 (count)',
  'holds.nothing': 'nothing',
  'holds.more': '{names} and {count} more',
  'file.picture': 'a {kind} picture',
  'file.hdf5': 'an HDF5 file',
  'file.numpy': 'a NumPy array (.npy)',
  'file.zip': 'a zip archive (also .npz and .pth)',
  'file.emptyZip': 'an empty zip archive',
  'file.archive': 'a {kind} archive',
  'file.rar': 'a RAR archive',
  'file.xz': 'an xz file',
  'file.packed': 'a {kind} file',
  'file.pdf': 'a PDF document',
  'file.pickle': 'a Python pickle',
  'file.matlab': 'a MATLAB file',
  'file.sqlite': 'an SQLite database',
  'file.parquet': 'a Parquet table',
  'file.aedat': 'an AEDAT recording of events',
  'file.program': 'a program',
  'file.web': 'a web page',
  'file.markup': 'an XML or HTML text',
  'file.json': 'a JSON text',
  'file.text': 'a text file',
  'file.binary': 'a binary file of unknown kind',
  'file.device': 'a device, pipe or socket',
  'file.gzipped': '{file} packed with gzip',
  ...filePhrases,
} as const

export type PhraseCode = keyof typeof phrases

/** A part of a sentence: its code, and what fills it. */
export interface Phrase {
  readonly phrase: PhraseCode
  readonly [name: string]: string | number | Phrase
}

/** Phrases for the codes of the system's and SQLite's errors. */
const systemReasons: Record<string, PhraseCode> = {
  EACCES: 'reason.permission',
  EPERM: 'reason.permission',
  EROFS: 'reason.readOnlyDisk',
  ENOSPC: 'reason.diskFull',
  EDQUOT: 'reason.quota',
  ENOTDIR: 'reason.notFolder',
  EEXIST: 'reason.nameTaken',
  EISDIR: 'reason.folder',
  ENOENT: 'reason.missing',
  EMFILE: 'reason.openFiles',
  ENAMETOOLONG: 'reason.longName',
  ELOOP: 'reason.links',
  EIO: 'reason.disk',
  SQLITE_IOERR: 'reason.disk',
  SQLITE_FULL: 'reason.diskFull',
  SQLITE_READONLY: 'reason.readOnly',
  SQLITE_READONLY_DBMOVED: 'reason.databaseMoved',
  SQLITE_CANTOPEN: 'reason.databaseClosed',
  SQLITE_BUSY: 'reason.databaseBusy',
  SQLITE_NOTADB: 'reason.notDatabase',
  SQLITE_CORRUPT: 'reason.damaged',
}

/** The reason that a code of the system or of SQLite stands for; null where there is no phrase for it. */
export function systemReason(code: string): Phrase | null {
  const found = systemReasons[code.startsWith('SQLITE_IOERR') ? 'SQLITE_IOERR' : code]
  return found ? { phrase: found } : null
}
