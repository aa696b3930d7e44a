import { z } from 'zod'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { experimentSchema } from '../../src-shared/experimentSchema.ts'
import { upgradeExperiment } from '../../src-shared/experimentUpgrade.ts'
import { canonicalJson } from './canonicalJson.ts'

/** Version of the checkpoint document, which stands in the metadata of the file. */
export const checkpointVersion = 5

/** What the metadata of every checkpoint calls itself. */
export const checkpointFormat = 'spikedesk-checkpoint'

export type CheckpointMetadata = Record<string, string>
export type UpgradeStep = (metadata: CheckpointMetadata) => CheckpointMetadata

/** Later versions hold a later experiment. What is not JSON is left for `parsePart` to refuse. */
function withNewerExperiment(metadata: CheckpointMetadata): CheckpointMetadata {
  try {
    const experiment = upgradeExperiment(JSON.parse(metadata.experiment ?? ''))
    return { ...metadata, experiment: canonicalJson(experiment) }
  } catch {
    return metadata
  }
}

/** Adds to what the metadata says of an epoch under way. What is not JSON is left for `parsePart` to refuse. */
function withProgress(metadata: CheckpointMetadata, sums: object, more: object = {}): CheckpointMetadata {
  try {
    const progress = JSON.parse(metadata.progress ?? '')
    const added = { ...progress, sums: { ...progress.sums, ...sums }, ...more }
    return { ...metadata, progress: JSON.stringify(added) }
  } catch {
    return metadata
  }
}

/** Version 3 adds up what regularisers cost, and holds what the schedule of the learning rate remembers. */
const withSchedule = (metadata: CheckpointMetadata) =>
  withProgress(metadata, { penalty: 0 }, { plateau: null })

/** Version 4 adds up what becomes of events; of an epoch that was under way before, that is not known. */
const withEvents = (metadata: CheckpointMetadata) => withProgress(metadata, { events: null })

/** Version 5 holds how many steps went together, by which sums of gradients round; before, that is not known. */
const withStretch = (metadata: CheckpointMetadata) => withProgress(metadata, {}, { stretch: null })

/** Step `n` brings version `n + 1` up to `n + 2`. */
export const upgradeSteps: readonly UpgradeStep[] = [
  withNewerExperiment,
  (metadata) => withSchedule(withNewerExperiment(metadata)),
  (metadata) => withEvents(withNewerExperiment(metadata)),
  withStretch,
]

/**
 * Brings metadata up to the last version, one step at a time. Throws `checkpoint.version` where it is newer than
 * the steps lead, and `checkpoint.foreign` where it has no version.
 */
export function upgradeMetadata(
  metadata: CheckpointMetadata,
  path: string,
  steps: readonly UpgradeStep[] = upgradeSteps,
): CheckpointMetadata {
  if (metadata.format !== checkpointFormat || !/^[1-9]\d{0,5}$/.test(metadata.version ?? '')) {
    throw new SpikedeskError('checkpoint.foreign', { path, detail: 'its metadata does not say so' })
  }
  const found = Number(metadata.version)
  const known = steps.length + 1
  if (found > known) throw new SpikedeskError('checkpoint.version', { path, found, known })
  return steps
    .slice(found - 1)
    .reduce((current, step, i) => ({ ...step(current), version: String(found + i + 1) }), metadata)
}

const count = z.int().min(0)
const finite = z.number()

/** Where the run stands: complete epochs, batches and sums of the next one, optimizer steps; and how it goes on. */
export const progressSchema = z.strictObject({
  epoch: count,
  batch: count,
  step: count,
  sums: z.strictObject({
    loss: finite,
    penalty: finite,
    correct: count,
    samples: count,
    layerSpikes: z.array(finite).max(1000),
    events: z.strictObject({ recorded: count, transformed: count, time: count, place: count }).nullable(),
  }),
  plateau: z
    .strictObject({ best: finite.nullable(), bad: count, cooldown: count, learningRate: finite })
    .nullable(),
  stretch: count.nullable(),
})

export const historySchema = z
  .array(
    z.strictObject({
      epoch: z.int().min(1),
      trainLoss: finite,
      trainAccuracy: finite,
      testLoss: finite,
      testAccuracy: finite,
      firingRates: z.array(finite).max(1000),
    }),
  )
  .max(1_000_000)

export const datasetSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  checksum: z.string(),
  shape: z.array(z.int().min(1)).min(1).max(4),
  classes: z.array(z.string()).min(1).max(256),
})

export const bestSchema = z.strictObject({ epoch: z.int().min(1), testAccuracy: finite }).nullable()
export const versionsSchema = z.record(z.string(), z.string())

/** The parts of the metadata that are JSON, and their schemas. */
export const partSchemas = {
  experiment: experimentSchema,
  progress: progressSchema,
  history: historySchema,
  best: bestSchema,
  dataset: datasetSchema,
  versions: versionsSchema,
} as const

export type Parts = { [Name in keyof typeof partSchemas]: z.infer<(typeof partSchemas)[Name]> }

/** Parses one part; throws `checkpoint.foreign` with the first thing that is wrong. */
export function parsePart<Name extends keyof Parts>(
  metadata: CheckpointMetadata,
  name: Name,
  path: string,
): Parts[Name] {
  const foreign = (detail: string) => new SpikedeskError('checkpoint.foreign', { path, detail })
  let value: unknown
  try {
    value = JSON.parse(metadata[name] ?? '')
  } catch {
    throw foreign(`its ${name} is not JSON`)
  }
  const parsed = partSchemas[name].safeParse(value)
  if (parsed.success) return parsed.data as Parts[Name]
  const [issue] = parsed.error.issues
  throw foreign(`its ${[name, ...issue.path].join('.')} is not valid`)
}
