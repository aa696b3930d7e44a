import type { Phrase, PhraseCode } from '../../src-shared/errors/index.ts'

/**
 * What a file looks like that is not what was wanted, so that the error can say it. `bytes` is the beginning of
 * the file.
 */

/** Magic numbers by offset; the first that matches names the file. */
const signatures: readonly { at: number; bytes: string; is: Phrase }[] = [
  { at: 0, bytes: '\x89PNG\r\n\x1a\n', is: { phrase: 'file.picture', kind: 'PNG' } },
  { at: 0, bytes: '\xff\xd8\xff', is: { phrase: 'file.picture', kind: 'JPEG' } },
  { at: 0, bytes: 'GIF8', is: { phrase: 'file.picture', kind: 'GIF' } },
  { at: 0, bytes: 'BM', is: { phrase: 'file.picture', kind: 'BMP' } },
  { at: 0, bytes: 'II*\0', is: { phrase: 'file.picture', kind: 'TIFF' } },
  { at: 0, bytes: 'MM\0*', is: { phrase: 'file.picture', kind: 'TIFF' } },
  { at: 8, bytes: 'WEBP', is: { phrase: 'file.picture', kind: 'WebP' } },
  { at: 0, bytes: '\x89HDF\r\n\x1a\n', is: { phrase: 'file.hdf5' } },
  { at: 0, bytes: '\x93NUMPY', is: { phrase: 'file.numpy' } },
  { at: 0, bytes: 'PK\x03\x04', is: { phrase: 'file.zip' } },
  { at: 0, bytes: 'PK\x05\x06', is: { phrase: 'file.emptyZip' } },
  { at: 257, bytes: 'ustar', is: { phrase: 'file.archive', kind: 'tar' } },
  { at: 0, bytes: '7z\xbc\xaf\x27\x1c', is: { phrase: 'file.archive', kind: '7z' } },
  { at: 0, bytes: 'Rar!', is: { phrase: 'file.rar' } },
  { at: 0, bytes: '\xfd7zXZ\0', is: { phrase: 'file.xz' } },
  { at: 0, bytes: 'BZh', is: { phrase: 'file.packed', kind: 'bzip2' } },
  { at: 0, bytes: '\x28\xb5\x2f\xfd', is: { phrase: 'file.packed', kind: 'Zstandard' } },
  { at: 0, bytes: '\x1f\x8b', is: { phrase: 'file.packed', kind: 'gzip' } },
  { at: 0, bytes: '%PDF', is: { phrase: 'file.pdf' } },
  { at: 0, bytes: '\x80\x02', is: { phrase: 'file.pickle' } },
  { at: 0, bytes: '\x80\x03', is: { phrase: 'file.pickle' } },
  { at: 0, bytes: '\x80\x04', is: { phrase: 'file.pickle' } },
  { at: 0, bytes: '\x80\x05', is: { phrase: 'file.pickle' } },
  { at: 0, bytes: 'MATLAB 5.0', is: { phrase: 'file.matlab' } },
  { at: 0, bytes: 'SQLite format 3\0', is: { phrase: 'file.sqlite' } },
  { at: 0, bytes: 'PAR1', is: { phrase: 'file.parquet' } },
  { at: 0, bytes: '#!AER-DAT', is: { phrase: 'file.aedat' } },
  { at: 0, bytes: '\x7fELF', is: { phrase: 'file.program' } },
  { at: 0, bytes: 'MZ', is: { phrase: 'file.program' } },
]

function startsWith(bytes: Uint8Array, text: string, at: number): boolean {
  if (bytes.length < at + text.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}

function isText(bytes: Uint8Array): boolean {
  try {
    // `stream` leaves a character alone that the end of `bytes` cuts in two.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return !/\p{Cc}/u.test(text.replace(/\s/g, ''))
  } catch {
    return false
  }
}

function kindOfText(bytes: Uint8Array): PhraseCode {
  const text = new TextDecoder().decode(bytes).trimStart().toLowerCase()
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return 'file.web'
  if (text.startsWith('<')) return 'file.markup'
  if (text.startsWith('{') || text.startsWith('[')) return 'file.json'
  return 'file.text'
}

/** What the content is, e.g. a PNG picture. `packed` says that the bytes came out of gzip. */
export function describeStranger(bytes: Uint8Array, packed: boolean): Phrase {
  const signature = signatures.find((entry) => startsWith(bytes, entry.bytes, entry.at))
  const file: Phrase = signature?.is ?? { phrase: isText(bytes) ? kindOfText(bytes) : 'file.binary' }
  return packed ? { phrase: 'file.gzipped', file } : file
}
