import type {
  RequestParams,
  SampleLook,
  TransformedSample,
  TransformStep,
} from '../../../src-shared/contract.ts'
import { encodingTables, type EncodingKind } from '../../../src-shared/encodingTables.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { kindProblems, shapeProblem } from '../../../src-shared/sampleProblems.ts'
import type { SampleCoding } from '../../../src-shared/sampleRoute.ts'
import type { Dataset, EventDataset, ImageDataset } from '../../datasets/dataset.ts'
import type { SampleStream } from '../../encoding/draw.ts'
import { encodeRecording } from '../../encoding/eventSample.ts'
import { copyEvents, type Events } from '../../encoding/events/index.ts'
import { samplePicture } from '../../encoding/samplePicture.ts'
import { SparseFrames } from '../../encoding/sparseFrames.ts'
import { isApplied, transformEvents, transformImage } from '../../encoding/transforms/index.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'
import { requireSample } from './datasets.ts'
import { recentRecording } from './recentRecording.ts'

/** What says nothing against any transform, where the encoding wished for does not read the dataset. */
const neutral = { images: 'constant', events: 'frames' } as const satisfies Record<
  Dataset['kind'],
  EncodingKind
>

function look(shape: readonly number[], values: Float32Array, events: number | null): SampleLook {
  let [least, largest] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < least) least = value
    if (value > largest) largest = value
  }
  return { shape: [...shape], values, least, largest, events }
}

/** Counts the events at every place of a sensor `[P,H,W]`; those outside are in no place. */
function eventsLook({ shape, x, y, p, count }: Events): SampleLook {
  const [polarities, height, width] = shape
  const counts = new Float32Array(polarities * height * width)
  for (let i = 0; i < count; i++) {
    if (x[i] < width && y[i] < height)
      counts[(Math.min(p[i], polarities - 1) * height + y[i]) * width + x[i]]++
  }
  return look(shape, counts, count)
}

function ofImage(
  dataset: ImageDataset,
  { transforms }: SampleCoding,
  stream: SampleStream,
): TransformedSample {
  const image = samplePicture(dataset, stream.phase, stream.sample)
  const steps: TransformStep[] = []
  const after = transformImage(transforms, image, stream, (place, { shape }) =>
    steps.push({ shape: [...shape], events: null, applied: isApplied(transforms[place], stream) }),
  )
  const before = look(image.shape, Float32Array.from(image.pixels), null)
  return { before, after: look(after.shape, Float32Array.from(after.pixels), null), steps, binned: null }
}

function ofRecording(
  dataset: EventDataset,
  coding: SampleCoding,
  stream: SampleStream,
  timeSteps: number,
  reads: boolean,
): TransformedSample {
  const recording = recentRecording(dataset, stream.phase, stream.sample)
  const events = copyEvents(recording, dataset.shape)
  const before = eventsLook(events)
  const steps: TransformStep[] = []
  transformEvents(coding.transforms, events, stream, (place) =>
    steps.push({
      shape: [...events.shape],
      events: events.count,
      applied: isApplied(coding.transforms[place], stream),
    }),
  )
  const after = eventsLook(events)
  if (!reads) return { before, after, steps, binned: null }
  const frames = new SparseFrames(false)
  const { transformed, time, place } = encodeRecording(
    coding,
    recording,
    dataset.shape,
    timeSteps,
    stream,
    frames,
  )
  return { before, after, steps, binned: { timeSteps, kept: transformed - time - place, time, place } }
}

/** A sample before its transforms and after. Throws `sample.range` and `transform.` errors. */
export function transformedSample(
  dataset: Dataset,
  wish: RequestParams<'transforms.preview'>,
): TransformedSample {
  const { split, index, transforms, encoding, timeSteps, seed, epoch } = wish
  requireSample(dataset, split, index)
  const reads = encodingTables[encoding.kind].reads === dataset.kind
  const kind = neutral[dataset.kind]
  const coding: SampleCoding = {
    transforms,
    encoding: reads ? encoding : { kind, params: defaultValues(encodingTables[kind].fields) },
  }
  const problem = kindProblems(coding).at(0) ?? shapeProblem(coding, dataset.shape)
  if (problem) throw new SpikedeskError(problem.code, problem.data)
  const stream = { seed, phase: split, sample: index, epoch }
  return dataset.kind === 'images'
    ? ofImage(dataset, coding, stream)
    : ofRecording(dataset, coding, stream, timeSteps, reads)
}

/** What transforms make of single samples. */
export function transformJobs({ datasets }: Workspace): Pick<ComputeJobs, 'transforms.preview'> {
  return {
    'transforms.preview': async (params) => transformedSample(await datasets.open(params.id), params),
  }
}
