import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { unreadable } from '../location.ts'
import type { EventFamily } from './families.ts'

/** MD5 of a file, hex, read in pieces. Throws `dataset.unreadable`. */
export async function md5OfFile(path: string): Promise<string> {
  const hash = createHash('md5')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 4 << 20 })) hash.update(chunk as Buffer)
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
  return hash.digest('hex')
}

/** Whether the archives are those of the publication, byte for byte; false where it published none. */
export async function isPublication(archives: readonly string[], family: EventFamily): Promise<boolean> {
  const sums = Object.values(family.archives)
  if (archives.length === 0 || archives.length !== sums.length) return false
  for (const archive of archives) {
    const name = basename(archive).toLowerCase()
    const wanted = Object.entries(family.archives).find(([beginning]) => name.startsWith(beginning))?.[1]
    if (wanted === undefined || (await md5OfFile(archive)) !== wanted) return false
  }
  return true
}
