import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backends, findBackend } from '../../../src-main/engine/backends/index.ts'
import { compileNetwork, type NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { Backend, FrameBatch, ValueBatch } from '../../../src-main/engine/executor.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { LayerNode } from '../../../src-shared/model/document.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { layer, network } from './fixtures.ts'
import { randomFrames } from './randomFrames.ts'

const out = [layer('out', 'linear', { outputs: 4 }), layer('last', 'lif', { threshold: 0.2 })]
const dense = [layer('flat', 'flatten'), ...out]
const maps = [
  layer('conv', 'conv2d', { outputs: 5, kernel: 2 }),
  layer('n', 'if', { threshold: 0.3 }),
  layer('pool', 'maxpool2d', { kernel: 2 }),
  ...dense,
]
const shape = [3, 4, 5]
const timeSteps = 6

function frameNetwork(layers: LayerNode[], isStatic: boolean, spikes: boolean): NetworkSpec {
  const encoding = { kind: 'given' as const, static: isStatic, spikes }
  return network(layers, shape, { timeSteps, batchSize: 5, encoding, inputGradient: true })
}

/** The same as values `[T,B,...]`. */
function spread({ samples, starts, places, values, labels }: FrameBatch, steps: number): ValueBatch {
  const width = elementCount(shape)
  const all = new Float32Array(steps * samples * width)
  for (let frame = 0; frame < samples * steps; frame++) {
    const row = ((frame % steps) * samples + Math.floor(frame / steps)) * width
    for (let i = starts[frame]; i < starts[frame + 1]; i++) all[row + places[i]] = values ? values[i] : 1
  }
  return { kind: 'values', values: all, labels }
}

function run(backend: Backend, spec: NetworkSpec, batch: FrameBatch | ValueBatch) {
  const executor = backend.create(compileNetwork(spec), 2)
  const everything = {
    traces: executor.trace(batch),
    evaluated: executor.evaluate(batch),
    gradients: executor.gradients(batch),
    trained: executor.train(batch),
    state: executor.readState(),
  }
  executor.dispose()
  return everything
}

const kinds = [
  { what: 'spikes', counts: false, spikes: true },
  { what: 'ones', counts: false, spikes: false },
  { what: 'counts', counts: true, spikes: false },
]

describe.each(backends.map(({ id }) => id))('frames on %s', (id) => {
  const backend = findBackend(id)
  const test = backend.unavailable() === null ? it : it.skip

  for (const { what, counts, spikes } of kinds) {
    for (const isStatic of [false, true]) {
      test(`are the same as values: ${what}, ${isStatic ? 'static' : 'sequence'}`, () => {
        for (const layers of [dense, maps]) {
          for (const density of [0, 0.1, 1]) {
            const steps = isStatic ? 1 : timeSteps
            const batch = randomFrames({ samples: 5, steps, width: 60, density, counts, seed: 3 })
            const spec = frameNetwork(layers, isStatic, spikes)
            expect(run(backend, spec, batch)).toEqual(run(backend, spec, spread(batch, steps)))
          }
        }
      })
    }
  }

  test('are refused in one sentence where they do not fit, and hostile ones never do harm', () => {
    const executor = backend.create(compileNetwork(frameNetwork(maps, false, true)), 2)
    const good = randomFrames({
      samples: 2,
      steps: timeSteps,
      width: 60,
      density: 0.2,
      counts: false,
      seed: 4,
    })
    const wanted = executor.evaluate(good)
    const number = fc.oneof(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 4294967295 }))
    const hostile = fc.record({
      starts: fc.array(number, { maxLength: 16 }),
      places: fc.array(number, { maxLength: 40 }),
      labels: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 6 }),
    })
    fc.assert(
      fc.property(hostile, ({ starts, places, labels }) => {
        const batch: FrameBatch = {
          kind: 'frames',
          samples: labels.length,
          starts: Uint32Array.from(starts),
          places: Uint32Array.from(places),
          values: null,
          labels: Uint8Array.from(labels),
        }
        expect(() => executor.train(batch)).toThrow(SpikedeskError)
      }),
      { numRuns: 200, seed: 5 },
    )
    expect(executor.evaluate(good)).toEqual(wanted)
    executor.dispose()
  })

  test.each<[string, (good: FrameBatch) => Partial<FrameBatch>, string]>([
    ['too few labels', () => ({ labels: new Uint8Array(1) }), '1 labels for 2 samples'],
    ['lost starts', ({ starts }) => ({ starts: starts.slice(1) }), '12 starts, where 13 are needed'],
    ['a late start', ({ starts }) => ({ starts: starts.map((at) => at + 1) }), 'starts at 1, not at 0'],
    ['lost places', ({ places }) => ({ places: places.slice(1) }), 'entries'],
    ['a falling start', ({ starts }) => ({ starts: starts.with(3, 0) }), 'the frame of sample 0 at step 2'],
    ['a place outside', ({ places }) => ({ places: places.fill(60, 0, 1) }), 'names place 60 of 60'],
    ['a place twice', ({ places }) => ({ places: places.fill(7, 0, 2) }), 'do not ascend'],
    ['values of spikes', ({ places }) => ({ values: new Float32Array(places.length) }), 'have no values'],
  ])('with %s are refused', (_what, change, sentence) => {
    const good = randomFrames({
      samples: 2,
      steps: timeSteps,
      width: 60,
      density: 0.2,
      counts: false,
      seed: 4,
    })
    const executor = backend.create(compileNetwork(frameNetwork(maps, false, true)), 1)
    expect(() => executor.train({ ...good, ...change(good) })).toThrow(sentence)
    executor.dispose()
  })

  test('of values other than 0 and 1 are refused where the input is spikes', () => {
    const executor = backend.create(compileNetwork(frameNetwork(dense, false, true)), 1)
    const values = new Float32Array(timeSteps * 60).fill(2, 0, 1)
    const batch = { kind: 'values' as const, values, labels: new Uint8Array(1) }
    expect(() => executor.train(batch)).toThrow('spikes, 0 or 1, but the batch holds the value 2')
    executor.dispose()
  })
})
