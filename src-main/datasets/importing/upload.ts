import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { writingReasonOf } from '../../../src-shared/errors/reason.ts'
import type { UploadPart } from '../../../src-shared/uploadContract.ts'
import { safeNames } from './uploadNames.ts'

/** What was announced of a file or folder that is handed over. */
export interface UploadPlan {
  name: string
  files: number
  bytes: number
}

/** A file or folder on its way into a folder of its own. Whatever goes wrong, nothing of it stays. */
export class Upload {
  readonly folder: string
  readonly plan: UploadPlan
  #file: { path: string; handle: FileHandle; written: number } | null = null
  #files = 0
  #bytes = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(folder: string, plan: UploadPlan) {
    this.folder = folder
    this.plan = plan
  }

  /** Where the file or folder itself lies. */
  get place(): string {
    return join(this.folder, this.plan.name)
  }

  /**
   * Writes parts, in the order of the calls.
   * @throws SpikedeskError `upload.name`, `upload.order` for what was not announced so, `upload.unwritable`
   */
  append(parts: readonly UploadPart[]): Promise<void> {
    return this.#inTurn(async () => {
      for (const part of parts) await this.#write(part)
    })
  }

  /** Closes the last file. Throws `upload.order` where not all is there. */
  end(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#close()
      if (this.#files !== this.plan.files || this.#bytes !== this.plan.bytes) throw this.#disorder()
    })
  }

  async discard(): Promise<void> {
    await this.#last.catch(() => undefined)
    await this.#close()
    await rm(this.folder, { recursive: true, force: true })
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => undefined)
    try {
      await turn
    } catch (thrown) {
      await this.discard()
      if (thrown instanceof SpikedeskError) throw thrown
      const data = { name: this.plan.name, reason: writingReasonOf(thrown) }
      throw new SpikedeskError('upload.unwritable', data, thrown)
    }
  }

  async #write({ path, offset, bytes }: UploadPart): Promise<void> {
    if (offset === 0) await this.#begin(path)
    const file = this.#file
    this.#bytes += bytes.length
    if (file?.path !== path || file.written !== offset || this.#bytes > this.plan.bytes)
      throw this.#disorder()
    file.written += bytes.length
    await file.handle.writeFile(bytes)
  }

  async #begin(path: string): Promise<void> {
    await this.#close()
    if (++this.#files > this.plan.files) throw this.#disorder()
    const place = path === '' ? this.place : join(this.place, ...safeNames(path))
    await mkdir(dirname(place), { recursive: true })
    this.#file = { path, handle: await open(place, 'wx'), written: 0 }
  }

  async #close(): Promise<void> {
    await this.#file?.handle.close()
    this.#file = null
  }

  #disorder(): SpikedeskError {
    return new SpikedeskError('upload.order', { name: this.plan.name })
  }
}
