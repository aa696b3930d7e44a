import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeSample } from '../../../src-main/encoding/index.ts'
import { backends, findBackend } from '../../../src-main/engine/backends/index.ts'
import { compileNetwork } from '../../../src-main/engine/compile.ts'
import type { Backend, LayerTrace, NamedTensor } from '../../../src-main/engine/executor.ts'
import type { Program } from '../../../src-main/engine/program.ts'
import type { EncodingSettings } from '../../../src-shared/experiment.ts'
import { defaultSurrogate } from '../../../src-shared/model/surrogates.ts'
import { layer, network, noise } from './fixtures.ts'
import { prepare, randomCases, type RandomCase } from './randomNetworks.ts'

const reference = findBackend('reference')

function expectClose(what: string, found: ArrayLike<number>, wanted: ArrayLike<number>): void {
  expect(found.length, what).toBe(wanted.length)
  const largest = Array.from(wanted).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  for (let i = 0; i < wanted.length; i++) {
    const far = !(Math.abs(found[i] - wanted[i]) <= 1e-4 * largest + 1e-6)
    if (far) expect.fail(`${what}[${i}] is ${found[i]}, the reference has ${wanted[i]} (largest ${largest})`)
  }
}

function expectTensors(what: string, found: readonly NamedTensor[], wanted: readonly NamedTensor[]): void {
  expect(found.map(({ name, shape }) => [name, shape])).toEqual(
    wanted.map(({ name, shape }) => [name, shape]),
  )
  wanted.forEach(({ name, data }, i) => expectClose(`${what} ${name}`, found[i].data, data))
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

/** Everything that an executor computes on a batch. */
function runAll(backend: Backend, program: Program, given: RandomCase, threads: number) {
  const executor = backend.create(program, threads)
  prepare(executor, given)
  const { batch } = given
  const traces = executor.trace(batch)
  const evaluated = executor.evaluate(batch)
  const { result, gradients } = executor.gradients(batch)
  const trained = executor.train(batch)
  const state = executor.readState()
  const second = executor.train(batch)
  const after = executor.readState()
  executor.dispose()
  return { traces, evaluated, result, gradients, trained, state, second, after }
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
  })
  for (const key of ['evaluated', 'result', 'trained'] as const) {
    expectClose(`loss (${key})`, [found[key].loss], [wanted[key].loss])
    const { loss: _found, ...counted } = found[key]
    const { loss: _wanted, ...expected } = wanted[key]
    expect(counted, key).toEqual(expected)
  }
  expectTensors('gradient of', found.gradients, wanted.gradients)
  expectTensors('after one step', found.state.parameters, wanted.state.parameters)
  expectTensors('after one step', found.state.optimizer, wanted.state.optimizer)
  expect(found.after.step).toBe(2)
}

/** An input alone: what is encoded comes out as spikes of a neuron without memory. */
function encodedBy(backend: Backend, encoding: EncodingSettings, seed: number, phase: 'train' | 'test') {
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
    const settings: EncodingSettings[] = [
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
