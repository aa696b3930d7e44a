import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeSample } from '../../../src-main/encoding/index.ts'
import { backends, findBackend } from '../../../src-main/engine/backends/index.ts'
import { compileNetwork } from '../../../src-main/engine/compile.ts'
import type { Backend } from '../../../src-main/engine/executor.ts'
import type { EngineEncodingSettings } from '../../../src-shared/experiment.ts'
import { defaultSurrogate } from '../../../src-shared/model/surrogates.ts'
import { compare, runAll } from './compareBackends.ts'
import { EdgeTally, everyEdge } from './edges.ts'
import { layer, network, noise } from './fixtures.ts'
import { randomCases } from './randomNetworks.ts'
import { clippings, optimizers, regularisers } from './randomUpdates.ts'

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

  test(`agrees on random networks, at every edge${why}`, () => {
    const tally = new EdgeTally()
    fc.assert(
      fc.property(randomCases, (given) => {
        const result = compare(backend, given)
        if (result) tally.note(compileNetwork(given.spec), result)
      }),
      { numRuns: 120, seed: 1 },
    )
    expect(tally.missing(everyEdge, 5)).toEqual([])
  })

  test(`agrees on random updates and regularisers${why}`, () => {
    const changes = fc.record({ optimizer: optimizers, clipping: clippings, regularisers })
    fc.assert(
      fc.property(randomCases, changes, (given, changed) => {
        compare(backend, { ...given, spec: { ...given.spec, ...changed } })
      }),
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
