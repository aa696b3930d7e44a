import fc from 'fast-check'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { compileNetwork, type NetworkSpec } from '../../src-main/engine/compile.ts'
import type { Batch, Executor, ImageSource } from '../../src-main/engine/executor.ts'
import { needsAllSteps } from '../../src-main/engine/stretches.ts'
import { encodingTables } from '../../src-shared/encodingTables.ts'
import { defaultValues } from '../../src-shared/fields.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { numbers, valueBatch } from '../main/engine/fixtures.ts'
import { eventCases } from '../main/engine/randomEvents.ts'
import { graphCases } from '../main/engine/randomGraphs.ts'
import { mapCases } from '../main/engine/randomMaps.ts'
import { randomCases } from '../main/engine/randomNetworks.ts'
import { encodingSettings, showingNetwork, shownImages } from '../native/encodedImages.ts'
import { darkImages, samples, wideNetwork } from '../native/networks.ts'

/** A network with a batch for it. */
interface Trial {
  spec: NetworkSpec
  batch: Batch
  /** Bound where the batch is of samples. */
  images?: ImageSource
  /** Weights are multiplied by this, so that neurons fire. */
  gain: number
}

function mapTrials(count: number): Trial[] {
  return [mapCases, graphCases]
    .flatMap((cases) => fc.sample(cases, { numRuns: count, seed: 22 }))
    .map(({ spec, samples }) => {
      const steps = spec.encoding.kind === 'given' && spec.encoding.static ? 1 : spec.timeSteps
      const values = numbers(steps * samples * elementCount(spec.model.input.shape), spec.seed, -1, 2)
      const labels = Array.from({ length: samples }, (_, b) => b % 4)
      return { spec, batch: valueBatch(values, labels), gain: 2 }
    })
}

/** Every encoder, into features and into maps. */
function encodingTrials(): Trial[] {
  return encodingSettings.flatMap(({ kind, params }) =>
    [[37], [2, 5, 7]].map((shape): Trial => {
      const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
      const images = shownImages(shape)
      const indices = Uint32Array.from({ length: images.count - 1 }, (_, i) => i + 1)
      const batch: Batch = { kind: 'samples', split: 'train', indices, epoch: 1 }
      return { spec: showingNetwork(encoding, shape, 33, images.count), batch, images, gain: 1 }
    }),
  )
}

/** A first layer that threads share out, and images of which most is black. */
const darkTrial: Trial = {
  spec: wideNetwork,
  batch: samples(0, 41, 1),
  images: darkImages(elementCount(wideNetwork.model.input.shape)),
  gain: 2,
}

/** Two steps in one call, the second on a short batch. */
function trainInTurn(executor: Executor, batch: Batch): void {
  const { batchSize, accumulation } = executor.program
  if (batch.kind !== 'samples' || accumulation > 1) return
  const indices = Uint32Array.from(
    { length: batchSize + 1 },
    (_, i) => batch.indices[i % batch.indices.length],
  )
  executor.trainInTurn?.({ ...batch, indices }, Float64Array.of(0.01, 0.02))
}

function everything(executor: Executor, batch: Batch): void {
  executor.trace(batch)
  executor.gradients(batch)
  executor.train(batch)
  executor.train(batch)
  executor.evaluate(batch)
  trainInTurn(executor, batch)
  executor.writeState(executor.readState())
  executor.dispose()
}

function runTrial({ spec, batch, images, gain }: Trial, threads: number): void {
  const executor = nativeBackend.create(compileNetwork(spec), threads)
  if (images && batch.kind === 'samples') executor.bind(batch.split, images)
  const state = executor.readState()
  for (const { name, data } of state.parameters)
    if (/\.(weight|bias)$/.test(name)) data.forEach((value, i) => (data[i] = value * gain))
  executor.writeState(state)
  everything(executor, batch)
}

/** With all steps at once, and where a network lets them in stretches of one to four. */
function inBothWays(spec: NetworkSpec, i: number): NetworkSpec[] {
  const stretch = 1 + (i % 4)
  const divides = stretch < spec.timeSteps && needsAllSteps(compileNetwork(spec)) === null
  return divides ? [spec, { ...spec, stretch }] : [spec]
}

/**
 * Random networks of every kind, and every encoder, through everything that the native engine does: with what can be
 * made again kept and not kept, and with their steps at once and in stretches.
 *
 * @param count random networks of each kind
 * @param threads numbers of them, each of which takes all networks
 * @returns how many were run
 */
export function runNetworks(count: number, threads: readonly number[]): number {
  const trials: Trial[] = [
    ...fc.sample(randomCases, { numRuns: count, seed: 21 }),
    ...mapTrials(count),
    ...fc.sample(eventCases, { numRuns: count, seed: 23 }),
    ...encodingTrials(),
    darkTrial,
  ]
  const runs = trials.flatMap((trial, i) => {
    const recompute = i % 2 === 0 ? 'always' : 'never'
    return inBothWays({ ...trial.spec, recompute }, i).flatMap((spec) =>
      threads.map((many) => () => runTrial({ ...trial, spec }, many)),
    )
  })
  for (const run of runs) run()
  return runs.length
}
