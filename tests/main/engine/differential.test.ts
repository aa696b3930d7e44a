import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeSample } from '../../../src-main/encoding/index.ts'
import { backends, findBackend } from '../../../src-main/engine/backends/index.ts'
import { Memory } from '../../../src-main/engine/backends/reference/memory.ts'
import { updateAll } from '../../../src-main/engine/backends/reference/ops/update.ts'
import { gradientOf } from '../../../src-main/engine/builder.ts'
import { compileNetwork } from '../../../src-main/engine/compile.ts'
import type { Backend, LayerTrace, NamedTensor, TrainingState } from '../../../src-main/engine/executor.ts'
import type { Program } from '../../../src-main/engine/program.ts'
import type { EngineEncodingSettings } from '../../../src-shared/experiment.ts'
import { defaultSurrogate } from '../../../src-shared/model/surrogates.ts'
import { layer, network, noise } from './fixtures.ts'
import { prepare, randomCases, type RandomCase } from './randomNetworks.ts'
import { clippings, optimizers, regularisers } from './randomUpdates.ts'

const reference = findBackend('reference')

const largestOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** Every number to 1e-4 of the largest; `scale` is a lower bound of what counts as that. */
function expectClose(
  what: string,
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  scale = largestOf(wanted),
): void {
  expect(found.length, what).toBe(wanted.length)
  for (let i = 0; i < wanted.length; i++) {
    const far = !(Math.abs(found[i] - wanted[i]) <= 1e-4 * scale + 1e-6)
    if (far) expect.fail(`${what}[${i}] is ${found[i]}, the reference has ${wanted[i]} (scale ${scale})`)
  }
}

/** A scalar's gradient is a sum that may cancel to nothing, so it is held to the size of the others too. */
function expectTensors(what: string, found: readonly NamedTensor[], wanted: readonly NamedTensor[]): void {
  expect(found.map(({ name, shape }) => [name, shape])).toEqual(
    wanted.map(({ name, shape }) => [name, shape]),
  )
  const overall = Math.max(0.05, ...wanted.map(({ data }) => largestOf(data)))
  wanted.forEach(({ name, data }, i) =>
    expectClose(`${what} ${name}`, found[i].data, data, data.length === 1 ? overall : undefined),
  )
}

const spikesOf = (traces: readonly LayerTrace[]) => traces.map(({ spikes }) => spikes)

/** Whether no spike hangs on rounding: weights a hundred-thousandth larger or smaller give the same spikes. */
function isRobust(program: Program, given: RandomCase, spikes: Uint8Array[]): boolean {
  return [1 - 1e-5, 1 + 1e-5].every((factor) => {
    const executor = reference.create(program, 1)
    prepare(executor, given, factor)
    return spikesOf(executor.trace(given.batch)).every((layerSpikes, i) =>
      layerSpikes.every((spike, at) => spike === spikes[i][at]),
    )
  })
}

interface Update {
  before: TrainingState
  gradients: NamedTensor[]
  after: TrainingState
}

/** Everything that an executor computes on a batch, and two steps of training on it. */
function runAll(backend: Backend, program: Program, given: RandomCase, threads: number) {
  const executor = backend.create(program, threads)
  prepare(executor, given)
  const { batch } = given
  const traces = executor.trace(batch)
  const evaluated = executor.evaluate(batch)
  const { result, gradients } = executor.gradients(batch)
  const updates = [0, 1].map(() => {
    const before = executor.readState()
    const { gradients: taken } = executor.gradients(batch)
    return { before, gradients: taken, result: executor.train(batch), after: executor.readState() }
  })
  executor.dispose()
  return { traces, evaluated, result, gradients, updates }
}

/**
 * A backend's own gradients through the reference's optimizer: Adam blows up what is left of gradients that
 * cancel, so a step from another backend's gradients says little.
 */
function expectUpdate(program: Program, { before, gradients, after }: Update): void {
  const memory = new Memory(program)
  for (const { name, data } of [...before.parameters, ...before.optimizer]) memory.tensor(name).set(data)
  for (const { name, data } of gradients) {
    if (name !== 'input') memory.tensor(gradientOf(name)).set(data)
  }
  updateAll(program, memory, before.step)
  for (const { name, data } of [...after.parameters, ...after.optimizer]) {
    expectClose(`${name} after step ${after.step}`, data, memory.tensor(name))
  }
  expect(after.step).toBe(before.step + 1)
}

function compare(backend: Backend, given: RandomCase): void {
  const program = compileNetwork(given.spec)
  const wanted = runAll(reference, program, given, 1)
  const found = runAll(backend, program, given, 1)
  const spikes = spikesOf(wanted.traces)
  const agree = spikesOf(found.traces).every((each, i) => each.every((spike, at) => spike === spikes[i][at]))
  if (!agree) {
    expect(isRobust(program, given, spikes), 'spikes differ, and none hangs on rounding').toBe(false)
    return
  }
  wanted.traces.forEach(({ membrane, layer: name, neurons }, i) => {
    expect(found.traces[i]).toMatchObject({ layer: name, neurons })
    expectClose(`membrane of ${name}`, found.traces[i].membrane, membrane)
    for (const [state, values] of Object.entries(wanted.traces[i].states)) {
      expectClose(`${state} of ${name}`, found.traces[i].states[state], values)
    }
  })
  for (const { result, what } of [
    { result: found.evaluated, what: 'evaluated' },
    { result: found.result, what: 'with gradients' },
    { result: found.updates[0].result, what: 'trained' },
  ]) {
    expectClose(`loss, ${what}`, [result.loss], [wanted.result.loss])
    expectClose(`penalty, ${what}`, [result.penalty], [wanted.result.penalty])
    const { loss: _foundLoss, penalty: _found, ...counted } = result
    const { loss: _wantedLoss, penalty: _wanted, ...expected } = wanted.result
    expect(counted, what).toEqual(expected)
  }
  expectTensors('gradient of', found.gradients, wanted.gradients)
  // Beyond this the squares in Adam leave float32.
  const tame = found.updates.every(({ gradients }) => gradients.every(({ data }) => largestOf(data) < 1e15))
  if (tame) for (const update of found.updates) expectUpdate(program, update)
}

/** An input alone: what is encoded comes out as spikes of a neuron without memory. */
function encodedBy(
  backend: Backend,
  encoding: EngineEncodingSettings,
  seed: number,
  phase: 'train' | 'test',
) {
  const transparent = {
    beta: 0,
    threshold: 0.5,
    reset: 'none',
    surrogate: defaultSurrogate('straight_through_estimator'),
  }
  const [samples, size, timeSteps] = [9, 300, 6]
  const spec = network([layer('n', 'leaky', transparent)], [size], {
    encoding,
    seed,
    timeSteps,
    batchSize: samples,
  })
  const images = noise(samples, size, 10)
  const executor = backend.create(compileNetwork(spec), 2)
  executor.bind(phase, images)
  const indices = Uint32Array.from({ length: samples }, (_, b) => samples - 1 - b)
  const [{ spikes }] = executor.trace({ kind: 'samples', split: phase, indices, epoch: 5 })
  executor.dispose()
  const rows = [...indices].map((sample, b) => {
    const pixels = images.images.subarray(sample * size, (sample + 1) * size)
    const wanted = encodeSample(encoding, pixels, timeSteps, { seed, phase, sample, epoch: 5 })
    const found = Float32Array.from({ length: timeSteps * size }, (_, i) => {
      const t = Math.floor(i / size)
      return spikes[(t * samples + b) * size + (i % size)]
    })
    return { found, wanted }
  })
  return rows
}

describe.each(backends.map(({ id }) => id))('%s against the reference', (id) => {
  const backend = findBackend(id)
  const reason = backend.unavailable()
  const test = reason === null ? it : it.skip
  const why = reason === null ? '' : ` (not to be had here: ${reason})`

  test(`agrees on random networks${why}`, () => {
    fc.assert(
      fc.property(randomCases, (given) => compare(backend, given)),
      { numRuns: 120, seed: 1 },
    )
  })

  test(`agrees on random updates and regularisers${why}`, () => {
    const changes = fc.record({ optimizer: optimizers, clipping: clippings, regularisers })
    fc.assert(
      fc.property(randomCases, changes, (given, changed) =>
        compare(backend, { ...given, spec: { ...given.spec, ...changed } }),
      ),
      { numRuns: 60, seed: 2 },
    )
  })

  test(`gives the same bits for one and two threads${why}`, () => {
    fc.assert(
      fc.property(randomCases, (given) => {
        const program = compileNetwork(given.spec)
        expect(runAll(backend, program, given, 2)).toEqual(runAll(backend, program, given, 1))
      }),
      { numRuns: 30, seed: 2 },
    )
  })

  test(`encodes bit for bit as the preview${why}`, () => {
    const settings: EngineEncodingSettings[] = [
      { kind: 'poisson', params: {} },
      { kind: 'rate', params: { gain: 0.7, offset: 0.02 } },
    ]
    for (const encoding of settings) {
      for (const phase of ['train', 'test'] as const) {
        for (const { found, wanted } of encodedBy(backend, encoding, 4000000000, phase)) {
          expect(found).toEqual(wanted)
        }
      }
    }
  })
})
