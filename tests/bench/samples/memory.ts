import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatasetLibrary } from '../../../src-main/datasets/library.ts'
import { requireEvents } from '../../../src-main/datasets/subset.ts'
import { createExecutor } from '../../../src-main/engine/backends/index.ts'
import { compileExperiment } from '../../../src-main/engine/compile.ts'
import { batchesPerEpoch, epochOrder } from '../../../src-main/training/batches.ts'
import { PrefetchingSource } from '../../../src-main/training/streaming/prefetchingSource.ts'
import { computeNode } from '../../../src-main/workbench/channels/computeNode.ts'
import { encodingTables } from '../../../src-shared/encodingTables.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { presets } from '../../../src-shared/model/presets.ts'
import { makeRecording } from './recordings.ts'

/**
 * Imports a folder of 5-byte recordings like those of N-MNIST and trains one epoch on it, in a process like those in
 * which the workbench computes, and prints the most memory that it ever had (Linux):
 * `node tests/bench/samples/memory.ts [recordings] [MiB made ahead] [threads]`.
 */
const [recordings = 60_000, memory = 256, threads = 2] = process.argv.slice(2).map(Number)
/** What Node, the program and a network take besides the samples, MiB. */
const program = 300
/** Recordings that differ; the others are copies of them. */
const different = 500

/** The largest resident size of the process up to now, MiB. */
function highWater(): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024
}

function atisOf(seed: number): Buffer {
  const { t, x, y, p } = makeRecording(seed)
  const bytes = Buffer.alloc(5 * t.length)
  t.forEach((time, i) =>
    bytes.set([x[i], y[i], (p[i] << 7) | (time >>> 16), (time >>> 8) & 255, time & 255], 5 * i),
  )
  return bytes
}

function writeSet(folder: string): void {
  const contents = Array.from({ length: different }, (_, i) => atisOf(i))
  for (let i = 0; i < recordings + 10; i++) {
    const place = join(folder, i < recordings ? 'Train' : 'Test', String(i % 10))
    if (i < 10 || i >= recordings) mkdirSync(place, { recursive: true })
    writeFileSync(join(place, `${String(i).padStart(5, '0')}.bin`), contents[i % different])
  }
}

function report(what: string, seconds: number, more = ''): void {
  const most = highWater()
  const cap = memory + program
  if (most > cap) process.exitCode = 1
  console.log(
    `${what}: ${seconds.toFixed(0)} s, ${most.toFixed(0)} MiB at most, ${most <= cap ? 'within' : 'OVER'} the ${cap} MiB of the cap${more}`,
  )
}

async function importAndTrain(root: string): Promise<void> {
  writeSet(join(root, 'set'))
  let begin = performance.now()
  const passed = (): number => (performance.now() - begin) / 1000
  report('before', 0)
  const library = new DatasetLibrary(join(root, 'workspace'))
  const card = await library.add(join(root, 'set'))
  report(`import of ${card.trainCount + card.testCount} recordings`, passed())
  const dataset = requireEvents(await library.open(card.id))
  const { experiment: preset } = presets[0]
  const experiment = {
    ...preset,
    model: { ...preset.model, input: { shape: [2, 34, 34] } },
    encoding: { kind: 'frames' as const, params: defaultValues(encodingTables.frames.fields) },
  }
  const executor = createExecutor('native', compileExperiment(experiment), threads)
  const source = new PrefetchingSource(dataset, experiment, { threads, memory: memory * 2 ** 20 })
  const { batchSize } = experiment
  const plan = { samples: dataset.train.count, batchSize, dropLast: false, seed: 1 }
  const batches = batchesPerEpoch(plan)
  begin = performance.now()
  const order = epochOrder(plan, 1)
  const stream = source.open({ split: 'train', epoch: 1, order, batchSize, first: 0, batches })
  let held = 0
  for (let i = 0; i < batches; i++) {
    executor.train((await stream.next()).batch)
    held = Math.max(held, source.heldBytes)
  }
  const ofBatches = `; batches take ${(held / 2 ** 20).toFixed(1)} of ${memory} MiB`
  report(`an epoch of ${batches} batches on ${executor.device}`, passed(), ofBatches)
  source.close()
  executor.dispose()
}

/** The same again in a process of its own, whose exit code this one takes. */
function inComputeProcess(): void {
  const child = fork(import.meta.filename, process.argv.slice(2), computeNode)
  child.once('exit', (code) => (process.exitCode = code ?? 1))
}

if (process.send) {
  const root = mkdtempSync(join(tmpdir(), 'spikedesk-memory-'))
  try {
    await importAndTrain(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
    process.disconnect()
  }
} else inComputeProcess()
