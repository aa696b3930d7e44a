import { SpikedeskError } from '../../../src-shared/errors/index.ts'

/** No deeper than this lies a file below the folder that is handed over. */
const depthLimit = 32
const nameLimit = 255

/** Whether a name leads nowhere else and fits every file system. */
function isPlain(name: string): boolean {
  if (name === '' || /^\.+$/.test(name) || /[. ]$/.test(name) || /[<>:"|?*\\/]/.test(name)) return false
  if (Buffer.byteLength(name) > nameLimit) return false
  return [...name].every((character) => character > '\u001f' && character !== '\u007f')
}

/** The names of a path below a folder. Throws `upload.name` for one that leads out of it or fits no file system. */
export function safeNames(path: string): string[] {
  const names = path.split('/')
  if (names.length > depthLimit || !names.every(isPlain))
    throw new SpikedeskError('upload.name', { name: path.slice(0, 200) })
  return names
}
