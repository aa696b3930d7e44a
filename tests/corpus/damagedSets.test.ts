import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { importSettings } from '../../src-shared/importFields.ts'
import { formats } from '../../src-main/datasets/formats.ts'
import { recognise } from '../../src-main/datasets/open.ts'
import { recordingFormats } from '../../src-main/datasets/recordings/index.ts'
import { writeFolder } from './idxFiles.ts'
import { smallSets, type SmallSet } from './smallSets.ts'

/**
 * Whatever happens to the bytes of a file of a set, in every layout: it is read whole, or every sample that is not and
 * everything else ends in one of our errors. Nothing hangs, and no memory is taken that the files do not account for.
 */

const settings = importSettings()
const codes = /^(recording|array|archive|dataset|hdf|picture)\./
/** Of memory that a library or a buffer of ours takes once. */
const once = 48 << 20

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'spikedesk-damaged-sets-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function requireOurs(thrown: unknown, place: string): void {
  if (!(thrown instanceof SpikedeskError)) throw thrown
  expect(thrown.code).toMatch(codes)
  expect(thrown.message).toContain(place)
  expect(thrown.message).not.toMatch(/\{\w+\}|\n/)
}

/** Recognises and reads a set as an import does, without writing it; the samples of each split that could be read. */
async function read(path: string, format: string): Promise<{ format: string; train: number; test: number }> {
  const found = await recognise(path)
  const counts = { format: found.format.id, train: 0, test: 0 }
  if ('open' in found.format) {
    const { dataset } = await found.format.open(found.location)
    return { ...counts, train: dataset.train.count, test: dataset.test.count }
  }
  const source = await found.format.survey(found.location, settings)
  try {
    for await (const sample of source.samples()) {
      try {
        const decoded = await sample.decode(settings)
        if ('events' in decoded) {
          const { t, x, y, p } = decoded.events
          expect([x.length, y.length, p.length]).toEqual([t.length, t.length, t.length])
        } else {
          expect(decoded.pixels).toHaveLength(decoded.shape.reduce((size, length) => size * length, 1))
        }
        counts[sample.split]++
      } catch (thrown) {
        if (format === counts.format) requireOurs(thrown, root)
      }
    }
  } finally {
    await source.close()
  }
  return counts
}

async function readsOrSays(path: string, { format, train, test }: SmallSet, bytes: number): Promise<void> {
  const before = process.memoryUsage().arrayBuffers
  try {
    const counts = await read(path, format)
    expect(counts.train + counts.test).toBeLessThanOrEqual(2 * (train + test))
  } catch (thrown) {
    requireOurs(thrown, root)
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * bytes + once)
}

it('there is a small set for every format of the table, and a recording for every format of those', () => {
  expect(new Set(smallSets.map(({ format }) => format))).toEqual(new Set(formats.map(({ id }) => id)))
  const names = smallSets.flatMap(({ files }) => Object.keys(files))
  const unread = recordingFormats.filter(
    ({ endings }) => !names.some((name) => endings.some((ending) => name.endsWith(ending))),
  )
  expect(unread.map(({ id }) => id)).toEqual([])
})

describe.each(smallSets.map((set, i) => ({ ...set, i })))('$name', ({ i, ...set }) => {
  const bytes = Object.values(set.files).reduce((sum, content) => sum + content.length, 0)
  const write = (kind: string, changes: Record<string, Uint8Array> = {}): string => {
    const folder = writeFolder(root, `${i}-${kind}`, { ...set.files, ...changes })
    return set.open ? join(folder, set.open) : folder
  }

  it('is recognised and read whole', async () => {
    const { format, train, test } = set
    expect(await read(write('whole'), format)).toEqual({ format, train, test })
  })

  it('survives truncations and changes of bits', async () => {
    const names = Object.keys(set.files)
    const flips = fc.array(fc.tuple(fc.nat(), fc.nat(7)), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), flips, fc.option(fc.nat()), async (name, changes, cut) => {
        const changed = Uint8Array.from(set.files[name])
        for (const [at, bit] of changes) changed[at % changed.length] ^= 1 << bit
        const part = cut === null ? changed : changed.subarray(0, cut % changed.length)
        const path = write('damaged', { [name]: part })
        try {
          await readsOrSays(path, set, bytes)
        } finally {
          writeFileSync(join(root, `${i}-damaged`, name), set.files[name])
        }
      }),
      { numRuns: 30 },
    )
  })
})
