import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { reasonOf } from '../../../src-shared/errors/reason.ts'
import { GrowingFile, type FileSeal } from './growingFile.ts'

/** Version of `dataset.json`. */
const manifestVersion = 1

export const manifestName = 'dataset.json'

const finding = z.strictObject({
  kind: z.enum([
    'unreadable',
    'empty',
    'unsorted',
    'outside',
    'tooLong',
    'size',
    'duplicated',
    'dropped',
    'missing',
  ]),
  done: z.enum(['kept', 'leftOut', 'repaired']),
  samples: z.int().min(0),
  events: z.int().min(0),
  names: z.array(z.string()).max(100),
})

export const importFacts = {
  findings: z.array(finding),
  settings: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
}

const manifestSchema = z.strictObject({
  version: z.literal(manifestVersion),
  kind: z.enum(['images', 'events']),
  name: z.string(),
  format: z.string(),
  /** Where it was imported from. */
  path: z.string().nullable(),
  origin: z.string(),
  licence: z.string(),
  shape: z.array(z.int().min(1)).min(1).max(3),
  classes: z.array(z.string()).min(1).max(256),
  known: z.string().nullable(),
  simulated: z.boolean(),
  ...importFacts,
  /** SHA-256 over the seals of the files. */
  checksum: z.string(),
  files: z.record(z.string(), z.strictObject({ bytes: z.int().min(0), sha256: z.string() })),
})

/** What a packed dataset says of itself: `dataset.json` in its folder. */
export type Manifest = z.infer<typeof manifestSchema>

/** The error for a packed dataset that is not as it was written. */
export function packedDamaged(file: string, cause?: unknown): SpikedeskError {
  return new SpikedeskError('dataset.packedDamaged', { file }, cause)
}

/** Reads the manifest in a folder. Throws `dataset.packedDamaged`, `dataset.packedVersion`, `dataset.unreadable`. */
export function readManifest(folder: string): Manifest {
  const file = join(folder, manifestName)
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw packedDamaged(file, thrown)
    throw new SpikedeskError('dataset.unreadable', { path: file, reason: reasonOf(thrown) }, thrown)
  }
  const version = z.looseObject({ version: z.int().min(1) }).safeParse(value)
  if (version.success && version.data.version > manifestVersion) {
    const data = { file, found: version.data.version, known: manifestVersion }
    throw new SpikedeskError('dataset.packedVersion', data)
  }
  const parsed = manifestSchema.safeParse(value)
  if (!parsed.success) throw packedDamaged(file, parsed.error)
  return parsed.data
}

/** Writes the manifest and flushes it; throws what the system reports. */
export function writeManifest(folder: string, facts: Omit<Manifest, 'version'>): void {
  const file = new GrowingFile(join(folder, manifestName))
  try {
    file.append(Buffer.from(`${JSON.stringify({ version: manifestVersion, ...facts }, null, 2)}\n`))
    file.finish()
  } finally {
    file.close()
  }
}

/** What the files of a dataset are together known by: SHA-256 over their SHA-256 sums in the order of their names. */
export function checksumOfSeals(seals: Record<string, FileSeal>): string {
  const names = Object.keys(seals).sort()
  return hash('sha256', names.map((name) => seals[name].sha256).join(''))
}
