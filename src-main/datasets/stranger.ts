/**
 * What a file looks like that is not what was wanted, so that the error can say it. `bytes` is the beginning of
 * the file.
 */

/** Magic numbers by offset; the first that matches names the file. */
const signatures: readonly { at: number; bytes: string; name: string }[] = [
  { at: 0, bytes: '\x89PNG\r\n\x1a\n', name: 'a PNG picture' },
  { at: 0, bytes: '\xff\xd8\xff', name: 'a JPEG picture' },
  { at: 0, bytes: 'GIF8', name: 'a GIF picture' },
  { at: 0, bytes: 'BM', name: 'a BMP picture' },
  { at: 0, bytes: 'II*\0', name: 'a TIFF picture' },
  { at: 0, bytes: 'MM\0*', name: 'a TIFF picture' },
  { at: 8, bytes: 'WEBP', name: 'a WebP picture' },
  { at: 0, bytes: '\x89HDF\r\n\x1a\n', name: 'an HDF5 file' },
  { at: 0, bytes: '\x93NUMPY', name: 'a NumPy array (.npy)' },
  { at: 0, bytes: 'PK\x03\x04', name: 'a zip archive (also .npz and .pth)' },
  { at: 0, bytes: 'PK\x05\x06', name: 'an empty zip archive' },
  { at: 257, bytes: 'ustar', name: 'a tar archive' },
  { at: 0, bytes: '7z\xbc\xaf\x27\x1c', name: 'a 7z archive' },
  { at: 0, bytes: 'Rar!', name: 'a RAR archive' },
  { at: 0, bytes: '\xfd7zXZ\0', name: 'an xz file' },
  { at: 0, bytes: 'BZh', name: 'a bzip2 file' },
  { at: 0, bytes: '\x28\xb5\x2f\xfd', name: 'a Zstandard file' },
  { at: 0, bytes: '\x1f\x8b', name: 'a gzip file' },
  { at: 0, bytes: '%PDF', name: 'a PDF document' },
  { at: 0, bytes: '\x80\x02', name: 'a Python pickle' },
  { at: 0, bytes: '\x80\x03', name: 'a Python pickle' },
  { at: 0, bytes: '\x80\x04', name: 'a Python pickle' },
  { at: 0, bytes: '\x80\x05', name: 'a Python pickle' },
  { at: 0, bytes: 'MATLAB 5.0', name: 'a MATLAB file' },
  { at: 0, bytes: 'SQLite format 3\0', name: 'an SQLite database' },
  { at: 0, bytes: 'PAR1', name: 'a Parquet table' },
  { at: 0, bytes: '#!AER-DAT', name: 'an AEDAT recording of events' },
  { at: 0, bytes: '\x7fELF', name: 'a program' },
  { at: 0, bytes: 'MZ', name: 'a program' },
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

function nameText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes).trimStart().toLowerCase()
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return 'a web page'
  if (text.startsWith('<')) return 'an XML or HTML text'
  if (text.startsWith('{') || text.startsWith('[')) return 'a JSON text'
  return 'a text file'
}

/** A few words for the content, e.g. `a PNG picture`. `packed` says that the bytes came out of gzip. */
export function describeStranger(bytes: Uint8Array, packed: boolean): string {
  const signature = signatures.find((entry) => startsWith(bytes, entry.bytes, entry.at))
  const name = signature ? signature.name : isText(bytes) ? nameText(bytes) : 'a binary file of unknown kind'
  return packed ? `${name} packed with gzip` : name
}
