import { defaultLoss } from '../../src-shared/lossTables.ts'
import { comparableLosses } from '../main/engine/randomNetworks.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { referenceBackend } from '../../src-main/engine/backends/reference/index.ts'
import type { NetworkSpec } from '../../src-main/engine/compile.ts'
import type { EngineEncodingSettings } from '../../src-shared/experiment.ts'
import { constantEncoding, layer, network } from '../main/engine/fixtures.ts'
import { prepared, samples } from './networks.ts'

/** Sizes around the width of a vector, of a tile and of a pass over the steps. */
const size = fc.constantFrom(1, 2, 15, 16, 17, 31, 33, 48, 65, 130)
const timeSteps = fc.constantFrom(1, 2, 5, 24, 25, 26, 50, 51)
const encodings: EngineEncodingSettings[] = [constantEncoding, { kind: 'poisson', params: {} }]

const specs: fc.Arbitrary<{ spec: NetworkSpec; batch: number }> = fc
  .record({
    inputs: size,
    hidden: size,
    outputs: fc.constantFrom(1, 2, 10, 16, 17, 40),
    timeSteps,
    batch: fc.constantFrom(1, 2, 7, 8, 9, 19),
    encoding: fc.constantFrom(...encodings),
    stacked: fc.boolean(),
    loss: fc.constantFrom(...comparableLosses.map(defaultLoss)),
  })
  .map(({ inputs, hidden, outputs, batch, stacked, ...rest }) => {
    const layers = [
      ...(stacked ? [layer('fc0', 'linear', { outputs: hidden })] : []),
      layer('fc1', 'linear', { outputs: hidden }),
      layer('n1', 'leaky', { threshold: 0.2 }),
      layer('fc2', 'linear', { outputs }),
      layer('n2', 'lif', { threshold: 0.2, tau: 1.2 }),
    ]
    return { spec: network(layers, [inputs], { ...rest, batchSize: 20 }), batch }
  })

function expectClose(what: string, found: Float32Array, wanted: Float32Array): void {
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const worst = wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0)
  expect(worst, `${what}: largest ${largest}`).toBeLessThanOrEqual(1e-4 * largest + 1e-6)
}

describe('shapes', () => {
  it('agrees with the reference around every width that the kernels are cut by', () => {
    let compared = 0
    fc.assert(
      fc.property(specs, ({ spec, batch }) => {
        const [native, reference] = [nativeBackend, referenceBackend].map((each) => prepared(spec, 2, each))
        const given = samples(5, batch)
        const [found, wanted] = [native.trace(given), reference.trace(given)]
        const agree = wanted.every(({ spikes }, i) =>
          spikes.every((spike, at) => spike === found[i].spikes[at]),
        )
        // A membrane within rounding of its threshold may spike or not; then nothing after it can be compared.
        if (agree) {
          compared++
          wanted.forEach(({ membrane, layer: name }, i) => expectClose(name, found[i].membrane, membrane))
          const [mine, theirs] = [native.gradients(given), reference.gradients(given)]
          expect(mine.result.counts).toEqual(theirs.result.counts)
          expect(mine.result.loss).toBeCloseTo(theirs.result.loss, 4)
          theirs.gradients.forEach(({ name, data }, i) => expectClose(name, mine.gradients[i].data, data))
        }
        native.dispose()
      }),
      { numRuns: 60, seed: 3 },
    )
    expect(compared).toBeGreaterThan(45)
  })
})
