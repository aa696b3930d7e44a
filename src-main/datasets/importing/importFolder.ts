import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { writingReasonOf } from '../../../src-shared/errors/reason.ts'
import { writeManifest, type Manifest } from '../packed/manifest.ts'

/** Folder of a workspace that holds what was imported, a folder a dataset. */
export const importsFolder = 'datasets'

const unfinished = /^\.(\d+)-[0-9a-f]+\.part(\.old)?$/

/** Whether a process of this id is there; one of another user is. */
export function alive(process_: number): boolean {
  try {
    process.kill(process_, 0)
    return true
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}

/** Removes what imports left behind whose process was killed. */
export async function removeUnfinished(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  for (const name of await readdir(folder)) {
    const owner = unfinished.exec(name)?.[1]
    if (owner !== undefined && !alive(Number(owner)))
      await rm(join(folder, name), { recursive: true, force: true })
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Puts a finished folder in its place; one that was there is gone afterwards. */
async function moveInto(place: string, finished: string): Promise<void> {
  const old = `${finished}.old`
  if (existsSync(place)) await rename(place, old)
  try {
    await rename(finished, place)
  } catch (thrown) {
    if (existsSync(old)) await rename(old, place)
    throw thrown
  }
  await rm(old, { recursive: true, force: true })
}

/**
 * Makes a packed dataset in `place`, a folder of `parent`, all or nothing: `fill` writes its files into a folder
 * of another name and says what they are; it is flushed and renamed at the end. Whatever happens before leaves
 * nothing behind, and a dataset that was in the place as it was.
 * @throws SpikedeskError `dataset.importUnwritable`, and what `fill` throws
 */
export async function makePacked(
  parent: string,
  place: string,
  fill: (folder: string) => Promise<Omit<Manifest, 'version'>>,
): Promise<void> {
  const temporary = join(parent, `.${process.pid}-${randomBytes(4).toString('hex')}.part`)
  try {
    await mkdir(temporary, { recursive: true })
    await removeUnfinished(parent)
    writeManifest(temporary, await fill(temporary))
    await syncFolder(temporary)
    await moveInto(join(parent, place), temporary)
    await syncFolder(parent)
  } catch (thrown) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
    if (thrown instanceof SpikedeskError) throw thrown
    const data = { path: join(parent, place), reason: writingReasonOf(thrown) }
    throw new SpikedeskError('dataset.importUnwritable', data, thrown)
  }
}
