import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, statfs } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { writingReasonOf } from '../../../src-shared/errors/reason.ts'
import type { UploadPart } from '../../../src-shared/uploadContract.ts'
import { alive } from './importFolder.ts'
import { Upload, type UploadPlan } from './upload.ts'
import { safeNames } from './uploadNames.ts'

/** Folder of a workspace that holds what pages handed over, a folder a time. */
export const uploadsFolder = 'uploads'

const bytesLimit = 2 ** 36
const filesLimit = 1_000_000
/** Transfers under way at a time. */
const together = 4
/** Disk space that is left alone, bytes. */
const reserve = 2 ** 26
/** A transfer whose page says nothing for so long is given up, ms. */
const patience = 600_000

const owned = /^(\d+)-[0-9a-f]{16}$/

/** The folder in which a path was handed over; null for a path of the user's own. */
export function uploadOf(workspace: string, path: string | null): string | null {
  if (path === null) return null
  const [name] = relative(join(workspace, uploadsFolder), path).split(sep)
  return owned.test(name) ? join(workspace, uploadsFolder, name) : null
}

/** What pages hand over of files whose place they do not know. */
export class Uploads {
  readonly #workspace: string
  readonly #running = new Map<string, { upload: Upload; timer: NodeJS.Timeout }>()
  /** Folders of those that are all there. */
  readonly #ended = new Map<string, string>()

  constructor(workspace: string) {
    this.#workspace = workspace
  }

  /**
   * Makes room for a file or folder.
   * @param kept paths of datasets; what was handed over for none of them by a process that is gone is deleted
   * @throws SpikedeskError `upload.name`, `upload.tooLarge`, `upload.space`, `upload.tooMany`, `upload.unwritable`
   */
  async begin(key: string, plan: UploadPlan, kept: readonly (string | null)[]): Promise<void> {
    const { name, files, bytes } = plan
    if (safeNames(name).length > 1) throw new SpikedeskError('upload.name', { name })
    if (bytes > bytesLimit || files > filesLimit) {
      const data = { name, found: bytes, files, limit: bytesLimit, most: filesLimit }
      throw new SpikedeskError('upload.tooLarge', data)
    }
    if (this.#running.size >= together) throw new SpikedeskError('upload.tooMany', { count: together })
    await this.discard(key, kept)
    const parent = join(this.#workspace, uploadsFolder)
    const folder = join(parent, `${process.pid}-${randomBytes(8).toString('hex')}`)
    try {
      await mkdir(parent, { recursive: true })
      await this.#removeLost(parent, kept)
      const { bavail, bsize } = await statfs(parent)
      const free = bavail * bsize
      if (bytes + reserve > free) throw new SpikedeskError('upload.space', { name, needed: bytes, free })
      await mkdir(folder)
    } catch (thrown) {
      if (thrown instanceof SpikedeskError) throw thrown
      throw new SpikedeskError('upload.unwritable', { name, reason: writingReasonOf(thrown) }, thrown)
    }
    const timer = setTimeout(() => void this.discard(key, []), patience).unref()
    this.#running.set(key, { upload: new Upload(folder, plan), timer })
  }

  /** Throws `upload.unknown`, and what {@link Upload.append} throws. */
  async append(key: string, parts: readonly UploadPart[]): Promise<void> {
    const running = this.#running.get(key)
    if (!running) throw new SpikedeskError('upload.unknown')
    running.timer.refresh()
    try {
      await running.upload.append(parts)
    } catch (thrown) {
      this.#forget(key)
      throw thrown
    }
  }

  /** The path under which all now lies. Throws `upload.unknown`, `upload.order`. */
  async end(key: string): Promise<string> {
    const running = this.#running.get(key)
    if (!running) throw new SpikedeskError('upload.unknown')
    this.#forget(key)
    await running.upload.end()
    this.#ended.set(key, running.upload.folder)
    return running.upload.place
  }

  /** Deletes what has come, but nothing that lies at one of the `kept` paths of datasets. */
  async discard(key: string, kept: readonly (string | null)[]): Promise<void> {
    const running = this.#running.get(key)
    const ended = this.#ended.get(key)
    this.#forget(key)
    this.#ended.delete(key)
    await running?.upload.discard()
    if (ended !== undefined && !this.#folders(kept).has(ended))
      await rm(ended, { recursive: true, force: true })
  }

  #folders(paths: readonly (string | null)[]): Set<string | null> {
    return new Set(paths.map((path) => uploadOf(this.#workspace, path)))
  }

  #forget(key: string): void {
    clearTimeout(this.#running.get(key)?.timer)
    this.#running.delete(key)
  }

  async #removeLost(parent: string, kept: readonly (string | null)[]): Promise<void> {
    const needed = this.#folders(kept)
    for (const name of await readdir(parent)) {
      const owner = owned.exec(name)?.[1]
      const folder = join(parent, name)
      if (owner === undefined || needed.has(folder) || alive(Number(owner))) continue
      await rm(folder, { recursive: true, force: true })
    }
  }
}
