import type { EncodingPreview, RequestParams } from '../../../src-shared/contract.ts'
import { encodingTables } from '../../../src-shared/encodingTables.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { kindProblems, shapeProblem } from '../../../src-shared/sampleProblems.ts'
import { inputShape, type SampleCoding } from '../../../src-shared/sampleRoute.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { SampleStream } from '../../encoding/draw.ts'
import { encodeRecording } from '../../encoding/eventSample.ts'
import { encodeImage } from '../../encoding/imageSample.ts'
import { inputOf } from '../../encoding/input.ts'
import { samplePicture } from '../../encoding/samplePicture.ts'
import { SparseFrames } from '../../encoding/sparseFrames.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'
import { requireSample } from './datasets.ts'

/** Epochs count from 1; the preview shows what the first one gets. */
const firstEpoch = 1

type Encoded = Pick<EncodingPreview, 'spiking' | 'values' | 'events'>

function requireCoding(coding: SampleCoding, dataset: Dataset): void {
  const { reads, label } = encodingTables[coding.encoding.kind]
  if (reads !== dataset.kind) {
    const [wanted, found] = [reads, dataset.kind].map((kind) => ({ phrase: `samples.${kind}` }) as const)
    throw new SpikedeskError('encoding.reads', { encoding: label, dataset: dataset.name, wanted, found })
  }
  const problem = kindProblems(coding).at(0) ?? shapeProblem(coding, dataset.shape)
  if (problem) throw new SpikedeskError(problem.code, problem.data)
}

function encode(dataset: Dataset, coding: SampleCoding, timeSteps: number, stream: SampleStream): Encoded {
  if (dataset.kind === 'images') {
    const image = samplePicture(dataset, stream.phase, stream.sample)
    const { spiking, values } = encodeImage(coding, image, timeSteps, stream)
    return { spiking, values, events: null }
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
  return { spiking: input.kind === 'given' && input.spikes, values, events }
}

/** Which sample, and how it is encoded. */
type PreviewWish = Pick<RequestParams<'encoding.preview'>, 'split' | 'index' | 'timeSteps' | 'seed'> &
  Pick<SampleCoding, 'encoding'> &
  Partial<Pick<SampleCoding, 'transforms'>>

/** A sample transformed and encoded as the first epoch gets it. Throws `sample.range`, `encoding.` and `transform.` errors. */
export function previewOf(
  dataset: Dataset,
  { split, index, encoding, transforms = [], timeSteps, seed }: PreviewWish,
): EncodingPreview {
  const coding = { encoding, transforms }
  requireSample(dataset, split, index)
  requireCoding(coding, dataset)
  const stream = { seed, phase: split, sample: index, epoch: firstEpoch }
  const encoded = encode(dataset, coding, timeSteps, stream)
  const size = encoded.values.length / timeSteps
  const totals = new Float32Array(size)
  for (let i = 0; i < encoded.values.length; i++) totals[i % size] += encoded.values[i]
  const { pixels, shape } = samplePicture(dataset, split, index)
  return {
    shape,
    label: dataset[split].labels[index],
    pixels,
    timeSteps,
    inputShape: inputShape(coding, dataset.shape),
    ...encoded,
    totals,
  }
}

/** Transforms and encodes single samples as training does. */
export function encodingJobs({ datasets }: Workspace): Pick<ComputeJobs, 'encoding.preview'> {
  return {
    'encoding.preview': async (params) => previewOf(await datasets.open(params.id), params),
  }
}
