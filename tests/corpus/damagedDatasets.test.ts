import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { openDataset } from '../../src-main/datasets/open.ts'
import { requireImages } from '../../src-main/datasets/subset.ts'
import { wholeSet, writeFolder } from './idxFiles.ts'

/** Whatever happens to the bytes of a set: it opens whole, or ends in one of our errors. */

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'spikedesk-damaged-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function opensOrSays(folder: string): Promise<void> {
  try {
    const dataset = requireImages((await openDataset(folder)).dataset)
    const size = dataset.shape.reduce((a, b) => a * b, 1)
    for (const { count, images, labels } of [dataset.train, dataset.test]) {
      expect(images).toHaveLength(count * size)
      expect(labels).toHaveLength(count)
      expect(labels.every((label) => label < dataset.classes.length)).toBe(true)
    }
  } catch (thrown) {
    if (!(thrown instanceof SpikedeskError)) throw thrown
    expect(thrown.code).toMatch(/^dataset\./)
    expect(thrown.message).toContain(folder)
    expect(thrown.message).not.toMatch(/\{\w+\}/)
  }
}

const files = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
]

describe.each(['', '.gz'])('a set with files %s', (ending) => {
  const names = files.map((file) => `${file}${ending}`)

  it('survives every truncation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(), async (name, at) => {
        const set = wholeSet(ending)
        const folder = writeFolder(root, `cut${ending}`, set)
        writeFileSync(join(folder, name), set[name].subarray(0, at % set[name].length))
        await opensOrSays(folder)
      }),
      { numRuns: 150 },
    )
  })

  it('survives every change of bits', async () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 7 })), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), flips, async (name, changes) => {
        const set = wholeSet(ending)
        const bytes = Uint8Array.from(set[name])
        for (const [at, bit] of changes) bytes[at % bytes.length] ^= 1 << bit
        const folder = writeFolder(root, `flip${ending}`, { ...set, [name]: bytes })
        await opensOrSays(folder)
      }),
      { numRuns: 250 },
    )
  })

  it('survives any header', async () => {
    const header = fc.uint8Array({ minLength: 1, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), header, async (name, bytes) => {
        const set = wholeSet(ending)
        const folder = writeFolder(root, `head${ending}`, { ...set, [name]: bytes })
        const idx = Uint8Array.of(0, 0, 8, 3, ...bytes)
        await opensOrSays(folder)
        writeFileSync(join(folder, name), idx)
        await opensOrSays(folder)
      }),
      { numRuns: 150 },
    )
  })
})

describe('memory', () => {
  it('grows with what is there, not with what a header claims', async () => {
    const claim = Uint8Array.of(0, 0, 8, 3, 0, 0x20, 0, 0, 0, 0, 0, 32, 0, 0, 0, 31)
    const labels = Uint8Array.of(0, 0, 8, 1, 0, 0x20, 0, 0)
    const folder = writeFolder(root, 'claims', { [files[0]]: claim, [files[1]]: labels })
    const { gzipSync } = await import('node:zlib')
    const packed = writeFolder(root, 'claims-packed', {
      [`${files[0]}.gz`]: gzipSync(claim),
      [`${files[1]}.gz`]: gzipSync(labels),
    })
    const before = process.memoryUsage().arrayBuffers
    for (const path of [folder, packed])
      await expect(openDataset(path)).rejects.toMatchObject({ code: 'dataset.truncated' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 << 20)
  })
})
