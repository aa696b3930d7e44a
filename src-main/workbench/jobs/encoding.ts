import type { EncodingPreview, RequestParams } from '../../../src-shared/contract.ts'
import { numbersOf } from '../../../src-shared/encodedValues.ts'
import type { EncodingStudy, EventCounts } from '../../../src-shared/encodingContract.ts'
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
import { encodedImage, encodedRecording, type EncodedSample } from '../../encoding/encodedSample.ts'
import { brightnessOf } from '../../encoding/imageSample.ts'
import type { ImageSample } from '../../encoding/images/image.ts'
import { eventPicture, samplePicture, type SamplePicture } from '../../encoding/samplePicture.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'
import { requireSample } from './datasets.ts'
import { recentRecording } from './recentRecording.ts'

/** Epochs count from 1; the preview shows what the first one gets. */
export const firstEpoch = 1

interface Encoded extends EncodedSample {
  /** What was coded, after the transforms; null of a recording. */
  image: ImageSample | null
  /** The sample itself. */
  picture: SamplePicture
  events: EventCounts | null
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
  const { phase, sample } = stream
  if (dataset.kind === 'images') {
    const picture = samplePicture(dataset, phase, sample)
    return { ...encodedImage(coding, picture, timeSteps, stream), picture, events: null }
  }
  const recording = recentRecording(dataset, phase, sample)
  const encoded = encodedRecording(coding, recording, dataset.shape, timeSteps, stream)
  return { ...encoded, image: null, picture: eventPicture(recording, dataset.shape) }
}

/** Which sample, and how it is encoded. */
type PreviewWish = Pick<RequestParams<'encoding.study'>, 'split' | 'index' | 'timeSteps' | 'seed'> &
  Pick<SampleCoding, 'encoding'> &
  Partial<Pick<SampleCoding, 'transforms'>>

function encodedSample(dataset: Dataset, { split, index, timeSteps, seed, ...settings }: PreviewWish) {
  const coding = { encoding: settings.encoding, transforms: settings.transforms ?? [] }
  requireSample(dataset, split, index)
  requireCoding(coding, dataset)
  const stream = { seed, phase: split, sample: index, epoch: firstEpoch }
  const { image, picture, values, spiking, events } = encode(dataset, coding, timeSteps, stream)
  const { perInput, totals, ...timing } = spikeTiming(values)
  const label = dataset[split].labels[index]
  const sample = { label, timeSteps, inputShape: inputShape(coding, dataset.shape), spiking, events, totals }
  return { image, picture, values, sample, timing, perInput }
}

/**
 * A sample transformed and encoded as the first epoch gets it. Throws `sample.range`, `field.`, `encoding.` and
 * `transform.` errors.
 */
export function previewOf(dataset: Dataset, wish: PreviewWish): EncodingPreview {
  const { picture, values, sample } = encodedSample(dataset, wish)
  return { ...picture, ...sample, values: numbersOf(values) }
}

/** The preview of a sample with what is worth knowing of it; throws what `previewOf` throws. */
export function studyOf(dataset: Dataset, wish: PreviewWish, model?: ModelDocument): EncodingStudy {
  const { image, picture, values, sample, timing, perInput } = encodedSample(dataset, wish)
  const { encoding, timeSteps } = wish
  const { shape, pixels } = image ?? picture
  const x = brightnessOf(pixels)
  const report = { ...timing, levels: image ? greyLevels(encoding, x, values) : null }
  const cost = model ? synapticCost(model, perInput, timing.coded === 'values') : null
  const traps = sample.events
    ? eventTraps(encoding, timeSteps, sample.events, report)
    : imageTraps({ encoding, timeSteps, x, values, report })
  return { ...sample, source: { shape: [...shape], values: x }, values, report: { ...report, cost, traps } }
}

/** Transforms and encodes single samples as training does. */
export function encodingJobs({ datasets }: Workspace): Pick<ComputeJobs, 'encoding.study'> {
  return {
    'encoding.study': async ({ model, ...wish }) => studyOf(await datasets.open(wish.id), wish, model),
  }
}
