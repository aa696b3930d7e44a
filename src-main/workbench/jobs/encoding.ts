import type { EncodingPreview, RequestParams } from '../../../src-shared/contract.ts'
import type { EncodingStudy } from '../../../src-shared/encodingContract.ts'
import { encodingTables } from '../../../src-shared/encodingTables.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { checkFields } from '../../../src-shared/fields.ts'
import type { ModelDocument } from '../../../src-shared/model/document.ts'
import { kindProblems, shapeProblem } from '../../../src-shared/sampleProblems.ts'
import { inputShape, type SampleCoding } from '../../../src-shared/sampleRoute.ts'
import { transformTables } from '../../../src-shared/transformTables.ts'
import { imageTraps } from '../../analysis/encodingTraps.ts'
import { eventTraps } from '../../analysis/eventTraps.ts'
import { greyLevels } from '../../analysis/greyLevels.ts'
import { spikeTiming } from '../../analysis/spikeTiming.ts'
import { synapticCost } from '../../analysis/synapticCost.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { SampleStream } from '../../encoding/draw.ts'
import { encodeRecording } from '../../encoding/eventSample.ts'
import { encodeImage } from '../../encoding/imageSample.ts'
import type { ImageSample } from '../../encoding/images/image.ts'
import { inputOf } from '../../encoding/input.ts'
import { samplePicture } from '../../encoding/samplePicture.ts'
import { SparseFrames } from '../../encoding/sparseFrames.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'
import { requireSample } from './datasets.ts'

/** Epochs count from 1; the preview shows what the first one gets. */
export const firstEpoch = 1

interface Encoded extends Pick<EncodingPreview, 'spiking' | 'values' | 'events'> {
  /** What was coded, after the transforms; null of a recording. */
  image: ImageSample | null
}

function requireCoding(coding: SampleCoding, dataset: Dataset): void {
  const { reads, label, fields } = encodingTables[coding.encoding.kind]
  if (reads !== dataset.kind) {
    const [wanted, found] = [reads, dataset.kind].map((kind) => ({ phrase: `samples.${kind}` }) as const)
    throw new SpikedeskError('encoding.reads', { encoding: label, dataset: dataset.name, wanted, found })
  }
  const problem =
    checkFields(fields, coding.encoding.params).at(0) ??
    coding.transforms
      .flatMap(({ kind, params }) => checkFields(transformTables[kind].fields, params))
      .at(0) ??
    kindProblems(coding).at(0) ??
    shapeProblem(coding, dataset.shape)
  if (problem) throw new SpikedeskError(problem.code, problem.data)
}

function encode(dataset: Dataset, coding: SampleCoding, timeSteps: number, stream: SampleStream): Encoded {
  if (dataset.kind === 'images') {
    const picture = samplePicture(dataset, stream.phase, stream.sample)
    return { ...encodeImage(coding, picture, timeSteps, stream), events: null }
  }
  const size = inputShape(coding, dataset.shape).reduce((product, length) => product * length, 1)
  const input = inputOf(coding)
  const frames = new SparseFrames(false)
  const recording = dataset[stream.phase].recording(stream.sample)
  const events = encodeRecording(coding, recording, dataset.shape, timeSteps, stream, frames)
  const values = new Float32Array(timeSteps * size)
  for (let step = 0; step < timeSteps; step++) {
    for (let entry = frames.starts[step]; entry < frames.starts[step + 1]; entry++) {
      values[step * size + frames.places[entry]] = frames.values?.[entry] ?? 1
    }
  }
  return { spiking: input.kind === 'given' && input.spikes, values, events, image: null }
}

/** Which sample, and how it is encoded. */
type PreviewWish = Pick<RequestParams<'encoding.study'>, 'split' | 'index' | 'timeSteps' | 'seed'> &
  Pick<SampleCoding, 'encoding'> &
  Partial<Pick<SampleCoding, 'transforms'>>

/** Sum over the steps, `[N]`. */
function sums(values: Float32Array, timeSteps: number): Float32Array {
  const totals = new Float32Array(values.length / timeSteps)
  for (let from = 0; from < values.length; from += totals.length) {
    for (let i = 0; i < totals.length; i++) totals[i] += values[from + i]
  }
  return totals
}

/** Bytes where all values are whole numbers that fit, so that spikes and counts are a quarter on their way to the page. */
function compact(values: Float32Array): Float32Array | Uint8Array {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (!(value >= 0 && value <= 255 && value === Math.floor(value))) return values
  }
  return new Uint8Array(values)
}

function encodedSample(dataset: Dataset, { split, index, timeSteps, seed, ...settings }: PreviewWish) {
  const coding = { encoding: settings.encoding, transforms: settings.transforms ?? [] }
  requireSample(dataset, split, index)
  requireCoding(coding, dataset)
  const stream = { seed, phase: split, sample: index, epoch: firstEpoch }
  const { image, ...encoded } = encode(dataset, coding, timeSteps, stream)
  const preview = {
    label: dataset[split].labels[index],
    timeSteps,
    inputShape: inputShape(coding, dataset.shape),
    ...encoded,
    totals: sums(encoded.values, timeSteps),
  }
  return { image, preview }
}

/**
 * A sample transformed and encoded as the first epoch gets it. Throws `sample.range`, `field.`, `encoding.` and
 * `transform.` errors.
 */
export function previewOf(dataset: Dataset, wish: PreviewWish): EncodingPreview {
  const { preview } = encodedSample(dataset, wish)
  return { ...samplePicture(dataset, wish.split, wish.index), ...preview }
}

/** The preview of a sample with what is worth knowing of it; throws what `previewOf` throws. */
export function studyOf(dataset: Dataset, wish: PreviewWish, model?: ModelDocument): EncodingStudy {
  const { image, preview } = encodedSample(dataset, wish)
  const { encoding, timeSteps } = wish
  const { values, events } = preview
  const { shape, pixels } = image ?? samplePicture(dataset, wish.split, wish.index)
  const x = pixels instanceof Uint8Array ? new Float32Array(pixels).map((byte) => byte / 255) : pixels
  const timing = spikeTiming(values, timeSteps)
  const report = { ...timing, levels: image ? greyLevels(encoding, x, values, timeSteps) : null }
  const cost = model ? synapticCost(model, values, timeSteps, timing.coded === 'values') : null
  const traps = events
    ? eventTraps(encoding, timeSteps, events, report)
    : imageTraps({ encoding, timeSteps, x, values, report })
  return {
    ...preview,
    source: { shape: [...shape], values: x },
    values: compact(values),
    report: { ...report, cost, traps },
  }
}

/** Transforms and encodes single samples as training does. */
export function encodingJobs({ datasets }: Workspace): Pick<ComputeJobs, 'encoding.study'> {
  return {
    'encoding.study': async ({ model, ...wish }) => studyOf(await datasets.open(wish.id), wish, model),
  }
}
