import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExecutor } from '../../../src-main/engine/backends/index.ts'
import { compileExperiment } from '../../../src-main/engine/compile.ts'
import { batchesPerEpoch, epochOrder } from '../../../src-main/training/batches.ts'
import { PrefetchingSource } from '../../../src-main/training/streaming/prefetchingSource.ts'
import { encodingTables } from '../../../src-shared/encodingTables.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { eventsCnn } from '../../../src-shared/model/eventNetworks.ts'
import { presets } from '../../../src-shared/model/presets.ts'
import { transformTables } from '../../../src-shared/transformTables.ts'
import { writeRecordings } from './recordings.ts'

/**
 * Trains the event network on 60,000 packed recordings for a while and prints the share of time it waited for data
 * and the memory: `node tests/bench/samples/waiting.ts [seconds] [MiB] [engine threads] [sample threads]`.
 */
const [seconds = 30, memory = 256, threads = 2, sampleThreads = 1] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'spikedesk-waiting-'))
const rss = (): number => process.memoryUsage().rss / 2 ** 20

try {
  const dataset = writeRecordings(folder, 60_000, 10_000)
  const experiment = {
    ...presets[0].experiment,
    model: eventsCnn(),
    timeSteps: 25,
    encoding: { kind: 'frames' as const, params: defaultValues(encodingTables.frames.fields) },
    transforms: [{ kind: 'denoise' as const, params: defaultValues(transformTables.denoise.fields) }],
  }
  const executor = createExecutor('native', compileExperiment(experiment), threads)
  const before = rss()
  const options = { threads: sampleThreads, memory: memory * 2 ** 20 }
  const source = new PrefetchingSource(dataset, experiment, options)
  const plan = { samples: 60_000, batchSize: experiment.batchSize, dropLast: false, seed: 1 }
  const stream = source.open({
    ...{ split: 'train', epoch: 1, order: epochOrder(plan, 1), batchSize: plan.batchSize, first: 0 },
    batches: batchesPerEpoch(plan),
  })
  executor.train((await stream.next()).batch)
  const begin = performance.now()
  let [waited, done, held, peak] = [0, 0, 0, 0]
  while (performance.now() - begin < 1000 * seconds) {
    const asked = performance.now()
    const { batch } = await stream.next()
    waited += performance.now() - asked
    executor.train(batch)
    done++
    held = Math.max(held, source.heldBytes)
    peak = Math.max(peak, rss())
    await new Promise(setImmediate)
  }
  const elapsed = performance.now() - begin
  console.log(`${done} batches, ${((1000 * done * plan.batchSize) / elapsed).toFixed(0)} recordings/s`)
  console.log(`waiting ${((100 * waited) / elapsed).toFixed(1)} %`)
  console.log(
    `made ahead ${(held / 2 ** 20).toFixed(0)} of ${memory} MiB, process ${before.toFixed(0)} MiB before, ${peak.toFixed(0)} MiB at most`,
  )
  source.close()
  executor.dispose()
} finally {
  rmSync(folder, { recursive: true })
}
