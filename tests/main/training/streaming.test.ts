import { truncateSync } from 'node:fs'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Dataset, ImageDataset } from '../../../src-main/datasets/dataset.ts'
import { createExecutor } from '../../../src-main/engine/backends/index.ts'
import { compileExperiment } from '../../../src-main/engine/compile.ts'
import { LoopControl } from '../../../src-main/training/control.ts'
import { TrainingLoop, type EpochOutcome, type LoopSinks } from '../../../src-main/training/loop.ts'
import { scheduleOf } from '../../../src-main/runs/prepare.ts'
import { emptySums, startPosition } from '../../../src-main/training/position.ts'
import { wholeSplit, type BatchSource, type SourcedBatch } from '../../../src-main/training/source.ts'
import { epochOrder } from '../../../src-main/training/batches.ts'
import { inlineSource } from '../../../src-main/training/streaming/inlineSource.ts'
import { makeBatch, roomOf } from '../../../src-main/training/streaming/makeBatch.ts'
import { PrefetchingSource } from '../../../src-main/training/streaming/prefetchingSource.ts'
import { roomBytes } from '../../../src-main/training/streaming/roomBytes.ts'
import { bytesOf } from '../../../src-main/training/streaming/roomPool.ts'
import { readerOf } from '../../../src-main/training/streaming/sampleReader.ts'
import { encodingTables } from '../../../src-shared/encodingTables.ts'
import type { ExperimentDocument, TransformSettings } from '../../../src-shared/experiment.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { transformTables, type TransformKind } from '../../../src-shared/transformTables.ts'
import { eventRows, packedEventRows } from '../encoding/events/recordings.ts'
import { scratchFolder, tinyExperiment } from '../runs/tinyRun.ts'

const folder = scratchFolder()
const opened: BatchSource[] = []
afterEach(() => {
  for (const source of opened.splice(0)) source.close()
})

function packed(name: string) {
  mkdirSync(join(folder, name))
  return packedEventRows(join(folder, name), eventRows(30, 10))
}

const recordings = packed('shared')

const images: ImageDataset = {
  ...{ kind: 'images', id: 'noise', name: 'Noise', format: 'test', path: null, origin: '', licence: '' },
  ...{ shape: [1, 6, 6], classes: ['a', 'b', 'c', 'd'], checksum: '', known: null, bytesOnDisk: 0 },
  train: noise(30),
  test: noise(10),
}

function noise(count: number) {
  const pixels = Uint8Array.from({ length: count * 36 }, (_, i) => (i * 2654435761) % 251)
  return { count, images: pixels, labels: Uint8Array.from({ length: count }, (_, i) => i % 4) }
}

function transform(kind: TransformKind, params = {}): TransformSettings {
  return { kind, params: { ...defaultValues(transformTables[kind].fields), ...params } }
}

const frames = { kind: 'frames', params: defaultValues(encodingTables.frames.fields) } as const
const eventTransforms = [transform('dropEvent'), transform('timeJitter'), transform('flipLR')]
const imageTransforms = [
  transform('randomShift'),
  transform('flipUD'),
  transform('normalise', { mean: '0.1' }),
]

function experimentOf(changes: Partial<ExperimentDocument>): ExperimentDocument {
  const tiny = tinyExperiment('any', { batchSize: 8, ...changes })
  const maps = changes.encoding?.kind === 'frames' ? 2 : 1
  return { ...tiny, model: { ...tiny.model, input: { shape: [maps, 6, 6] } } }
}

function prefetch(dataset: Dataset, experiment: ExperimentDocument, threads = 2, memory = 2 ** 24) {
  const source = new PrefetchingSource(dataset, experiment, { threads, memory })
  opened.push(source)
  return source
}

/** Copies of the batches of an epoch in a mixed order, of a test and of another epoch, whose passes are opened ahead. */
async function batchesOf(source: BatchSource): Promise<SourcedBatch[]> {
  const order = Uint32Array.from({ length: 30 }, (_, i) => (i * 7) % 30)
  const train = { split: 'train', order, batchSize: 8, first: 1, batches: 4 } as const
  const test = wholeSplit(source, 'test', 8)
  const streams = [
    { stream: source.open({ ...train, epoch: 1 }), batches: 3 },
    { stream: source.open(test), batches: 2 },
    { stream: source.open({ ...train, epoch: 2, first: 0, batches: 3 }), batches: 3 },
  ]
  const batches: SourcedBatch[] = []
  for (const { stream, batches: count } of streams) {
    for (let i = 0; i < count; i++) batches.push(structuredClone(await stream.next()))
  }
  return batches
}

const constant = { kind: 'constant', params: { gain: 1, offset: 0 } } as const
const shifted = [transform('randomShift'), transform('flipUD')]

/** A coding of each kind of batch. */
const made = [
  [recordings, experimentOf({ encoding: frames, transforms: eventTransforms })],
  [images, experimentOf({ transforms: imageTransforms })],
  [images, experimentOf({ transforms: imageTransforms, encoding: constant })],
  [images, experimentOf({ transforms: shifted })],
] as const

describe('batches made ahead', () => {
  it.each([
    ['recordings', ...made[0]],
    ['spikes of images', ...made[1]],
    ['currents of images', ...made[2]],
    ['changed images', ...made[3]],
  ] as const)('of %s are the same as made where they are needed', async (_name, dataset, experiment) => {
    const wanted = await batchesOf(inlineSource(dataset, experiment))
    for (const [threads, memory] of [
      [1, 2 ** 24],
      [3, 2 ** 24],
      [2, 1],
    ]) {
      expect(await batchesOf(prefetch(dataset, experiment, threads, memory))).toEqual(wanted)
    }
    const { batch: again } = { batch: await batchesOf(inlineSource(dataset, { ...experiment, seed: 9 })) }
    expect(again).not.toEqual(wanted)
  })

  it('take no more than the memory allowed, but for one', async () => {
    const experiment = experimentOf({ encoding: frames })
    const memory = 60_000
    const source = prefetch(recordings, experiment, 2, memory)
    const stream = source.open(wholeSplit(source, 'train', 4))
    let most = 0
    for (let i = 0; i < 8; i++) {
      await stream.next()
      most = Math.max(most, source.heldBytes)
    }
    expect(most).toBeLessThanOrEqual(memory)
    expect(most).toBeGreaterThan(memory / 4)
  })

  it('are made in the memory of those that were taken before', async () => {
    const memory = 15_000
    const source = prefetch(recordings, experimentOf({ encoding: frames }), 2, memory)
    const stream = source.open(wholeSplit(source, 'train', 4))
    const taken: SourcedBatch[] = []
    const most: number[] = []
    for (let i = 0; i < 8; i++) {
      taken.push(await stream.next())
      most.push(source.heldBytes)
    }
    const bytes = taken.map(({ batch }) => (batch.kind === 'frames' ? batch.places.buffer.byteLength : -1))
    expect(bytes[0]).toBe(0)
    expect(bytes[7]).toBeGreaterThan(0)
    expect(Math.max(...most)).toBeLessThanOrEqual(memory)
  })

  it('are the same in whatever buffers they are made', () => {
    const eighth = { split: 'train', indices: Uint32Array.of(3, 8, 1), epoch: 2 } as const
    for (const [dataset, experiment] of made) {
      const reader = readerOf(dataset)
      const wanted = makeBatch(reader, experiment, eighth)
      const lengths = roomBytes(dataset, experiment, eighth)
      expect(roomOf(wanted)).toHaveLength(lengths.length)
      for (const share of [0, 0.3, 1, 2]) {
        const room = lengths.map(
          (length) => new Uint8Array(4 * Math.ceil(1 + (share * length) / 4)).fill(77).buffer,
        )
        const before = bytesOf(room)
        const batch = makeBatch(reader, experiment, eighth, room)
        expect(batch).toEqual(wanted)
        if (share >= 1) expect(bytesOf(roomOf(batch))).toBe(before)
      }
    }
  })

  it('tell in one sentence which file cannot be read', async () => {
    const dataset = packed('cut')
    truncateSync(dataset.train.packed.path, 100)
    const source = prefetch(dataset, experimentOf({ encoding: frames }))
    const next = source.open(wholeSplit(source, 'train', 8)).next()
    await expect(next).rejects.toMatchObject({ code: 'dataset.packedDamaged' })
  })
})

const silent: LoopSinks = { loss() {}, tick() {}, epoch() {}, checkpoint() {}, paused() {} }

function loopOver(source: BatchSource, experiment: ExperimentDocument, sinks: Partial<LoopSinks> = {}) {
  const executor = createExecutor('reference', compileExperiment(experiment), 1)
  const plan = { samples: 30, batchSize: 8, dropLast: true, seed: 5 }
  const task = {
    executor,
    source,
    plan,
    epochs: 2,
    schedule: scheduleOf(experiment, plan),
    position: startPosition(),
    checkpointSeconds: 300,
  }
  const control = new LoopControl()
  return {
    executor,
    control,
    position: task.position,
    loop: new TrainingLoop(task, { ...silent, ...sinks }, control),
  }
}

describe('training on batches made ahead', () => {
  it('ends in the same state, bit for bit, and measures the time it waited', async () => {
    const experiment = experimentOf({ encoding: frames, transforms: eventTransforms })
    const outcomes: EpochOutcome[] = []
    const [alone, ahead] = [inlineSource(recordings, experiment), prefetch(recordings, experiment)].map(
      (source) => loopOver(source, experiment, { epoch: (outcome) => outcomes.push(outcome) }),
    )
    await alone.loop.run()
    await ahead.loop.run()
    expect(ahead.executor.readState()).toEqual(alone.executor.readState())
    expect(outcomes.slice(2).map(({ test }) => test)).toEqual(outcomes.slice(0, 2).map(({ test }) => test))
    expect(outcomes.slice(0, 2).map(({ waiting }) => waiting)).toEqual([0, 0])
    expect(outcomes[2].waiting).toBeGreaterThan(0)
    for (const { waiting } of outcomes) expect(waiting).toBeLessThan(1)
  })

  it('adds up what becomes of the events of an epoch, as the batches say', async () => {
    const experiment = experimentOf({ encoding: frames, transforms: eventTransforms })
    const outcomes: EpochOutcome[] = []
    const { loop } = loopOver(prefetch(recordings, experiment), experiment, {
      epoch: (outcome) => outcomes.push(outcome),
    })
    await loop.run()
    const plan = { samples: 30, batchSize: 8, dropLast: true, seed: 5 }
    const counted = outcomes.map(({ epoch }) => {
      const indices = epochOrder(plan, epoch).subarray(0, 24)
      return makeBatch(readerOf(recordings), experiment, { split: 'train', indices, epoch }).events
    })
    expect(outcomes.map(({ sums }) => sums.events)).toEqual(counted)
    expect(counted[0]?.recorded).toBe(24 * 120)
    expect(counted[0]?.transformed).toBeLessThan(24 * 120)
    expect(counted[0]?.time).toBeGreaterThan(0)
    expect(counted[1]).not.toEqual(counted[0])
  })

  it('leaves an epoch uncounted of which a part was trained before events were counted', async () => {
    const experiment = experimentOf({ encoding: frames })
    const outcomes: EpochOutcome[] = []
    const { loop, position } = loopOver(inlineSource(recordings, experiment), experiment, {
      epoch: (outcome) => outcomes.push(outcome),
    })
    Object.assign(position, { batch: 1, sums: { ...emptySums(), samples: 8 } })
    await loop.run()
    expect(outcomes.map(({ sums }) => sums.events === null)).toEqual([true, false])
  })

  it('stops at once while it waits for a batch', async () => {
    const experiment = experimentOf({ encoding: frames })
    const never: BatchSource = {
      ...inlineSource(recordings, experiment),
      open: () => ({ next: () => new Promise<SourcedBatch>(() => undefined) }),
    }
    const { loop, control } = loopOver(never, experiment)
    setTimeout(() => control.stop(), 20)
    expect(await loop.run()).toBe('stopped')
  })

  it('pauses while it waits for a batch, and goes on with that batch', async () => {
    const experiment = experimentOf({ encoding: frames })
    const { loop, control } = loopOver(prefetch(recordings, experiment), experiment, {
      paused: () => setTimeout(() => control.resume(), 5),
    })
    control.pause()
    expect(await loop.run()).toBe('done')
  })
})
