import { openBundled } from '../../../src-main/datasets/bundled.ts'
import { openDataset } from '../../../src-main/datasets/open.ts'
import { createExecutor } from '../../../src-main/engine/backends/index.ts'
import { compileExperiment } from '../../../src-main/engine/compile.ts'
import type { Batch } from '../../../src-main/engine/executor.ts'
import { makeBatch } from '../../../src-main/training/streaming/makeBatch.ts'
import { bindImages } from '../../../src-main/training/streaming/openSource.ts'
import { readerOf } from '../../../src-main/training/streaming/sampleReader.ts'
import { encodingTables, type EngineEncodingKind } from '../../../src-shared/encodingTables.ts'
import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { presets } from '../../../src-shared/model/presets.ts'
import { inputShape } from '../../../src-shared/sampleRoute.ts'

/**
 * Trains `fc-leaky-100` on images under every encoder, in turn on what the engine encodes itself and on the same
 * spikes made beforehand, and prints what encoding adds to an epoch:
 * `node tests/bench/samples/encoding.ts [threads] [repeats] [folder of images]`.
 */
const [threads = 1, repeats = 7] = process.argv.slice(2, 4).map(Number)
const batches = 24
const folder = process.argv.at(4)
const { dataset } = folder ? await openDataset(folder) : await openBundled()
if (dataset.kind !== 'images') throw new Error('images are wanted')

const cases: readonly [EngineEncodingKind, object][] = [
  ['rate', {}],
  ['rate', { firstSpikeTime: 5 }],
  ['poisson', {}],
  ['latency', { tau: 5, normalize: true }],
  ['latency', { tau: 5, normalize: true, linear: true }],
  ['latency', { tau: 5, normalize: true, linear: true, interpolate: true }],
  ['firstSpike', {}],
  ['delta', {}],
  ['delta', { offSpike: true }],
  ['phase', {}],
  ['population', {}],
  ['population', { spikes: 'random' }],
  ['periodic', {}],
]

function experimentOf(kind: EngineEncodingKind, params: object): ExperimentDocument {
  const { experiment } = presets[0]
  const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
  const shape = inputShape({ transforms: [], encoding }, dataset.shape)
  return { ...experiment, encoding, timeSteps: 25, model: { ...experiment.model, input: { shape } } }
}

const indicesOf = (batch: number, size: number): Uint32Array =>
  Uint32Array.from({ length: size }, (_, i) => (batch * size + i) % dataset.train.count)
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]

/** Seconds for an epoch of 60,000 images, at the speed of one round over the batches. */
function epochSeconds(train: (batch: Batch) => unknown, given: readonly Batch[], size: number): number {
  const begin = performance.now()
  for (const batch of given) train(batch)
  return ((performance.now() - begin) / 1000) * (60_000 / (given.length * size))
}

/** What is normalised twice is encoded before it reaches the engine. */
const asNumbers = Array.from({ length: 2 }, () => {
  return { kind: 'normalise' as const, params: { mean: '0', deviation: '1' } }
})

for (const [kind, params] of cases) {
  const experiment = experimentOf(kind, params)
  const given = { ...experiment, transforms: asNumbers }
  const { batchSize } = experiment
  const executors = [experiment, given].map((each) =>
    createExecutor('native', compileExperiment(each), threads),
  )
  const [own, other] = executors
  bindImages(own, dataset, experiment)
  const samples = Array.from({ length: batches }, (_, batch): Batch => {
    return { kind: 'samples', split: 'train', indices: indicesOf(batch, batchSize), epoch: 1 }
  })
  const made = Array.from({ length: batches }, (_, batch): Batch => {
    const request = { split: 'train' as const, indices: indicesOf(batch, batchSize), epoch: 1 }
    return makeBatch(readerOf(dataset), given, request).batch
  })
  const times: number[][] = [[], []]
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const round = [
      epochSeconds((batch) => own.train(batch), samples, batchSize),
      epochSeconds((batch) => other.train(batch), made, batchSize),
    ]
    if (repeat > 0) round.forEach((seconds, i) => times[i].push(seconds))
  }
  own.startProfile?.()
  epochSeconds((batch) => own.train(batch), samples, batchSize)
  const { ops = [] } = own.endProfile?.() ?? {}
  const all = ops.reduce((sum, op) => sum + op.forward + op.backward + op.update, 0)
  const encoding = ops.filter(({ op }) => op === 'encode').reduce((sum, { forward }) => sum + forward, 0)
  const [encoded, beforehand] = times.map(median)
  const ratio = median(times[0].map((seconds, i) => seconds / times[1][i]))
  const what = `${kind} ${Object.keys(params).length > 0 ? JSON.stringify(params) : ''}`
  console.log(
    `${what.padEnd(62)} epoch ${encoded.toFixed(2)} s, made beforehand ${beforehand.toFixed(2)} s, ` +
      `ratio ${ratio.toFixed(2)}, encoding ${((100 * encoding) / all).toFixed(1)} % of the step`,
  )
  executors.forEach((executor) => executor.dispose())
}
