import { openBundled } from '../../../src-main/datasets/bundled.ts'
import { createExecutor } from '../../../src-main/engine/backends/index.ts'
import { compileExperiment } from '../../../src-main/engine/compile.ts'
import { batchesPerEpoch, epochOrder } from '../../../src-main/training/batches.ts'
import { openSource } from '../../../src-main/training/streaming/openSource.ts'
import { encodingTables, type EngineEncodingKind } from '../../../src-shared/encodingTables.ts'
import type { TransformSettings } from '../../../src-shared/experiment.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { presets } from '../../../src-shared/model/presets.ts'
import { sampleRoute } from '../../../src-shared/sampleRoute.ts'
import { transformTables, type TransformKind } from '../../../src-shared/transformTables.ts'

/**
 * Trains `fc-leaky-100` on images that are changed before they are encoded, and prints images a second and the share of
 * time spent waiting for them. Each line that the engine encodes is followed by one of the same input encoded outside,
 * as images are that were normalised twice:
 * `node tests/bench/samples/changedImages.ts [seconds a line] [engine threads] [sample threads]`.
 */
const [seconds = 3, threads = 1, sampleThreads = 1] = process.argv.slice(2).map(Number)
const { dataset } = await openBundled()

const transform = (kind: TransformKind, params = {}): TransformSettings => {
  return { kind, params: { ...defaultValues(transformTables[kind].fields), ...params } }
}
const asBrightness = transform('normalise', { mean: '0', deviation: '1' })
const changes = [[], [transform('randomShift')], [transform('randomRotate')]]
const encodings: readonly [EngineEncodingKind, object][] = [
  ['constant', {}],
  ['rate', {}],
  ['latency', { tau: 5, normalize: true, linear: true }],
]

async function measure(
  kind: EngineEncodingKind,
  params: object,
  transforms: TransformSettings[],
): Promise<void> {
  const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
  const experiment = { ...presets[0].experiment, timeSteps: 25, encoding, transforms }
  const executor = createExecutor('native', compileExperiment(experiment), threads)
  const source = openSource(executor, dataset, experiment, { threads: sampleThreads, memory: 256 })
  const { batchSize } = experiment
  const plan = { samples: dataset.train.count, batchSize, dropLast: true, seed: 1 }
  const batches = batchesPerEpoch(plan)
  let [begin, waited, done] = [performance.now(), 0, 0]
  for (let epoch = 1; done === 0 || performance.now() - begin < 1000 * seconds; epoch++) {
    const order = epochOrder(plan, epoch)
    const stream = source.open({ split: 'train', epoch, order, batchSize, first: 0, batches })
    for (let i = 0; i < batches; i++) {
      const asked = performance.now()
      const { batch } = await stream.next()
      waited += performance.now() - asked
      executor.train(batch)
      if (++done === 1) [begin, waited, done] = [performance.now(), 0, 1]
      if (performance.now() - begin > 1000 * seconds) break
      await new Promise(setImmediate)
    }
  }
  const elapsed = performance.now() - begin
  const what = `${kind}, ${transforms.map((each) => each.kind).join(', ') || 'unchanged'}`
  const speed = ((1000 * done * batchSize) / elapsed).toFixed(0)
  console.log(
    `${what.padEnd(52)} ${sampleRoute(experiment).padEnd(9)} ${speed.padStart(8)} images/s, ` +
      `waiting ${((100 * waited) / elapsed).toFixed(1)} %`,
  )
  source.close()
  executor.dispose()
}

for (const [kind, params] of encodings) {
  for (const change of changes) {
    await measure(kind, params, [...change, asBrightness])
    await measure(kind, params, [...change, asBrightness, asBrightness])
  }
}
