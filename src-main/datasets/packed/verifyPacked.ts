import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { VerifiedFile } from '../../../src-shared/contract.ts'
import { ProgressMeter, type ImportWatch } from '../importing/progress.ts'
import { checksumOfSeals, readManifest } from './manifest.ts'

const pieceBytes = 4 << 20

/**
 * Reads every file of an imported dataset and compares it with what was written; whatever cannot be read is not as
 * it was. Throws `dataset.packedDamaged` where the manifest itself is damaged, `dataset.cancelled`.
 */
export async function verifyPacked(folder: string, watch: ImportWatch = {}): Promise<VerifiedFile[]> {
  const { files, checksum } = readManifest(folder)
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0)
  const meter = new ProgressMeter(folder, { samples: Object.keys(files).length, bytes }, watch)
  const verified: VerifiedFile[] = []
  for (const [name, seal] of Object.entries(files)) {
    const hash = createHash('sha256')
    let length = 0
    try {
      for await (const piece of createReadStream(join(folder, name), { highWaterMark: pieceBytes })) {
        hash.update(piece as Buffer)
        length += (piece as Buffer).length
        meter.requireGoingOn()
      }
    } catch (thrown) {
      meter.requireGoingOn()
      if (!(thrown instanceof Error && 'code' in thrown)) throw thrown
    }
    verified.push({
      name,
      bytes: seal.bytes,
      fine: length === seal.bytes && hash.digest('hex') === seal.sha256,
    })
    await meter.add(seal.bytes)
  }
  meter.end()
  const whole = checksumOfSeals(files) === checksum
  return whole ? verified : verified.map((file) => ({ ...file, fine: false }))
}
