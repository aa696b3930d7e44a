import { describe, expect, it } from 'vitest'
import { nativeBackend } from '../../../src-main/engine/backends/native/index.ts'
import { compileExperiment } from '../../../src-main/engine/compile.ts'
import type { Executor, TrainingState } from '../../../src-main/engine/executor.ts'
import { scheduleOf } from '../../../src-main/runs/prepare.ts'
import { LoopControl } from '../../../src-main/training/control.ts'
import { TrainingLoop, type LoopSinks } from '../../../src-main/training/loop.ts'
import { startPosition, type LoopPosition } from '../../../src-main/training/position.ts'
import { boundSource } from '../../../src-main/training/source.ts'
import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import { optimizerTables, type OptimizerKind } from '../../../src-shared/experimentFields.ts'
import { defaultValues, type FieldValues } from '../../../src-shared/fields.ts'

import type { LayerNode } from '../../../src-shared/model/document.ts'
import { defaultSurrogate } from '../../../src-shared/model/surrogates.ts'
import { regulariserTables } from '../../../src-shared/regulariserTables.ts'
import { startPlateau } from '../../../src-shared/schedule.ts'
import { clippingTables, scheduleTables, type ScheduleKind } from '../../../src-shared/scheduleTables.ts'
import { layer } from '../engine/fixtures.ts'
import { tinyExperiment } from '../runs/tinyRun.ts'
import { rowsDataset } from './rowsDataset.ts'

const epochs = 2

/** 50 images make three batches of 16 and one of 2. */
const dataset = rowsDataset(50, 9)

type Changes = Partial<ExperimentDocument>

const kindsOf = <Kind extends string>(tables: Record<Kind, unknown>) => Object.keys(tables) as Kind[]

function withLayers(...layers: LayerNode[]): Changes {
  return { model: { version: 1, name: 'test', input: { shape: [1, 6, 6] }, layers } }
}

const conv = layer('conv', 'conv2d', { outputs: 18, kernel: 3, padding: 1 })
const fired = layer('n1', 'leaky', { threshold: 0.3 })
const flat = layer('flat', 'flatten')
const readout = [
  layer('fc', 'linear', { outputs: 4 }),
  layer('out', 'leaky', { threshold: 0.3, learnBeta: true }),
]
const hidden = (kind: string, params = {}) =>
  withLayers(
    flat,
    layer('fc1', 'linear', { outputs: 37 }),
    layer('n1', kind, { threshold: 0.3, ...params }),
    ...readout,
  )
const optimized = (kind: OptimizerKind, params = {}): Changes => ({
  optimizer: { kind, params: { ...defaultValues(optimizerTables[kind].fields), ...params } },
})

/** So that a schedule changes the rate within two epochs. */
function brisk(kind: ScheduleKind): FieldValues {
  const quick: FieldValues = { every: 1, milestones: '1', period: 2, patience: 0 }
  const keys: string[] = scheduleTables[kind].fields.map(({ key }) => key)
  return Object.fromEntries(Object.entries(quick).filter(([key]) => keys.includes(key)))
}

/** All that a step may depend on: what keeps a state, what is drawn, and what is summed over samples. */
const ways: [string, Changes][] = [
  ...kindsOf(optimizerTables).map((kind): [string, Changes] => [
    kind,
    optimized(kind, { weightDecay: 0.01 }),
  ]),
  ['sgd with momentum', optimized('sgd', { momentum: 0.9, nesterov: true })],
  ['rmsprop, centred', optimized('rmsprop', { centered: true, momentum: 0.5 })],
  ...kindsOf(scheduleTables).map((kind): [string, Changes] => [
    `schedule ${kind}`,
    { schedule: { kind, params: { ...defaultValues(scheduleTables[kind].fields), ...brisk(kind) } } },
  ]),
  ...kindsOf(clippingTables).map((kind): [string, Changes] => [
    `clipping ${kind}`,
    { clipping: { kind, params: defaultValues(clippingTables[kind].fields) } },
  ]),
  ...kindsOf(regulariserTables).map((kind): [string, Changes] => [
    `regulariser ${kind}`,
    { regularisers: [{ kind, params: defaultValues(regulariserTables[kind].fields), layers: [] }] },
  ]),
  ['averaged gradients', { accumulation: 3 }],
  ['truncated backpropagation', { truncation: 2 }],
  ['a constant current', { encoding: { kind: 'constant', params: { gain: 1, offset: 0 } } }],
  ['drawn rates', { encoding: { kind: 'rate', params: { gain: 0.9, offset: 0 } } }],
  ['dropout of a sequence', withLayers(flat, layer('drop', 'dropout', { mask: 'sequence' }), ...readout)],
  ['dropout at every step', withLayers(flat, layer('drop', 'dropout', { mask: 'step' }), ...readout)],
  ['a drawn surrogate', hidden('leaky', { surrogate: defaultSurrogate('SSO') })],
  ['recurrent neurons, all to all', hidden('rleaky', { allToAll: true })],
  ['recurrent neurons, one to one', hidden('rsynaptic', { allToAll: false })],
  [
    'recurrent maps',
    withLayers(conv, layer('n1', 'rleaky', { threshold: 0.3, recurrentKernel: 3 }), flat, ...readout),
  ],
  ['inhibition', hidden('leaky', { inhibition: true })],
  ['membranes that are heard', hidden('leakyparallel', { outputs: 21, dense: true })],
  [
    'convolution and pooling',
    withLayers(conv, fired, layer('pool', 'maxpool2d', { kernel: 2, stride: 2 }), flat, ...readout),
  ],
  [
    'convolution in groups',
    withLayers(
      conv,
      fired,
      layer('depth', 'conv2d', { outputs: 18, groups: 18, kernel: 3 }),
      flat,
      ...readout,
    ),
  ],
  ['batch norm over steps', withLayers(conv, layer('norm', 'batchnorm2d'), fired, flat, ...readout)],
  [
    'batch norm at every step',
    withLayers(conv, layer('norm', 'batchnorm2d', { statistics: 'step' }), fired, flat, ...readout),
  ],
  [
    'branches',
    withLayers(
      flat,
      layer('fc1', 'linear', { outputs: 36 }),
      { ...layer('sum', 'add'), inputs: ['fc1', 'flat'] },
      fired,
      ...readout,
    ),
  ],
]

interface Kept {
  position: LoopPosition
  state: TrainingState
}

const silent: LoopSinks = { loss() {}, tick() {}, epoch() {}, checkpoint() {}, paused() {} }

/** Trains on from what was kept; with `ticks` it is stopped at the first place to hold after so many batches. */
async function train(
  experiment: ExperimentDocument,
  threads: number,
  from: Kept | null,
  ticks = 0,
): Promise<Kept> {
  const executor: Executor = nativeBackend.create(compileExperiment(experiment), threads)
  executor.bind('train', dataset.train)
  executor.bind('test', dataset.test)
  if (from) executor.writeState(from.state)
  const { batchSize, dropLast, seed } = experiment
  const plan = { samples: dataset.train.count, batchSize, dropLast, seed }
  const schedule = scheduleOf(experiment, plan)
  const position = from ? structuredClone(from.position) : startPosition(startPlateau(schedule))
  const control = new LoopControl()
  let [now, heard] = [0, 0]
  const tick = () => {
    if (++heard === ticks) control.stop()
  }
  const task = {
    executor,
    source: boundSource(dataset),
    plan,
    epochs,
    schedule,
    position,
    checkpointSeconds: 300,
  }
  // A clock by which every batch ends a slice.
  const loop = new TrainingLoop(task, { ...silent, tick }, control, () => (now += 20))
  expect(await loop.run()).toBe(ticks > 0 ? 'stopped' : 'done')
  const state = executor.readState()
  executor.dispose()
  return { position, state }
}

describe('weights are bit for bit the same', () => {
  const test = nativeBackend.unavailable() === null ? it : it.skip

  test.each(ways)('with %s: on any threads, and across pauses', async (_, changes) => {
    const experiment = tinyExperiment('rows', { epochs, ...changes })
    const whole = await train(experiment, 1, null)
    expect(whole.state.step).toBeGreaterThan(0)
    for (const threads of [2, 4]) expect(await train(experiment, threads, null)).toEqual(whole)
    const paused = await train(experiment, 2, null, 3)
    const again = await train(experiment, 4, paused, 4)
    expect(again.position).not.toEqual(whole.position)
    expect(await train(experiment, 1, again)).toEqual(whole)
  })
})
