import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { ImportProgress } from '../../src-shared/contract.ts'
import { uploadPartBytes, uploadPartCount, type UploadPart } from '../../src-shared/uploadContract.ts'
import type { Bridge } from '../bridge/index.ts'
import type { GivenFile } from '../bridge/givenFiles.ts'

interface HandOver {
  job: string
  name: string
  files: readonly GivenFile[]
  signal: AbortSignal
  progress(progress: ImportProgress): void
}

/** Between two reports, ms. */
const reportEvery = 200
/** Before an estimate of the time left is given, ms. */
const estimateAfter = 1000

/** The files in parts, each message as full as it may be; small files share one. */
async function* messages(files: readonly GivenFile[]): AsyncGenerator<{ parts: UploadPart[]; done: number }> {
  let parts: UploadPart[] = []
  let size = 0
  for (const [number, { path, file }] of files.entries()) {
    let offset = 0
    do {
      if (parts.length === uploadPartCount || size >= uploadPartBytes) {
        yield { parts, done: number }
        parts = []
        size = 0
      }
      const bytes = new Uint8Array(await file.slice(offset, offset + uploadPartBytes - size).arrayBuffer())
      if (bytes.length === 0 && offset < file.size)
        throw new SpikedeskError('drop.unreadable', { file: file.name })
      parts.push({ path, offset, bytes })
      offset += bytes.length
      // A path may be spelled with six characters a letter in a message.
      size += bytes.length + 6 * path.length
    } while (offset < file.size)
  }
  if (parts.length > 0) yield { parts, done: files.length }
}

/**
 * Sends the bytes of files to the workbench, which keeps them in the workspace.
 * @returns where they now lie, a path to import
 * @throws SpikedeskError `upload.` codes, `drop.unreadable`, `dataset.cancelled`
 */
export async function handOver(
  bridge: Bridge,
  { job, name, files, signal, progress }: HandOver,
): Promise<string> {
  const totalBytes = files.reduce((sum, { file }) => sum + file.size, 0)
  const start = performance.now()
  let reported = start
  let bytes = 0
  const report = (samples: number): void => {
    const elapsed = performance.now() - start
    const rate = elapsed > 0 ? (bytes / elapsed) * 1000 : 0
    progress({
      ...{ path: name, samples, totalSamples: files.length, bytes, totalBytes, bytesPerSecond: rate },
      etaSeconds: elapsed < estimateAfter || rate === 0 ? null : (totalBytes - bytes) / rate,
    })
  }
  await bridge.request('datasets.uploadBegin', { job, name, files: files.length, bytes: totalBytes })
  try {
    report(0)
    for await (const { parts, done } of messages(files)) {
      if (signal.aborted) throw new SpikedeskError('dataset.cancelled', { path: name })
      await bridge.request('datasets.uploadParts', { job, parts })
      bytes += parts.reduce((sum, part) => sum + part.bytes.length, 0)
      if (performance.now() - reported < reportEvery) continue
      reported = performance.now()
      report(done)
    }
    return (await bridge.request('datasets.uploadEnd', { job })).path
  } catch (error) {
    await bridge.request('datasets.uploadDiscard', { job }).catch(() => undefined)
    throw error instanceof DOMException ? new SpikedeskError('drop.unreadable', { file: name }, error) : error
  }
}
