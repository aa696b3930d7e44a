import { describe, expect, it } from 'vitest'
import { backends, findBackend } from '../../../src-main/engine/backends/index.ts'
import { compileNetwork } from '../../../src-main/engine/compile.ts'
import { philox, purposes } from '../../../src-shared/philox.ts'
import { layer, network, numbers, tensor, valueBatch } from './fixtures.ts'

const [timeSteps, batch, width] = [3, 2, 37]

/** The gradient at the input of neurons without memory: the surrogate itself. */
function surrogateOf(id: 'native' | 'reference', seed: number): Float32Array {
  const surrogate = { name: 'SSO', mean: 0.25, variance: 2 }
  const spec = network(
    [layer('n', 'leaky', { beta: 0, threshold: 0.5, reset: 'none', surrogate })],
    [width],
    {
      encoding: { kind: 'given', static: false },
      inputGradient: true,
      timeSteps,
      seed,
    },
  )
  const executor = findBackend(id).create(compileNetwork(spec), 1)
  const values = numbers(timeSteps * batch * width, 5)
  const spikes = new Float32Array(timeSteps * batch * width).fill(1)
  const gradients = executor.backpropagate(valueBatch(values, [0, 1]), { spikes, membrane: null })
  executor.dispose()
  return tensor(gradients, 'input')
}

/** What the docs of the surrogate say. */
function expected(seed: number): Float32Array {
  const values = numbers(timeSteps * batch * width, 5)
  const words = new Uint32Array(4)
  return values.map((value, at) => {
    const [t, b, n] = [Math.floor(at / (batch * width)), Math.floor(at / width) % batch, at % width]
    philox(seed, purposes.surrogate, n, t, b, 0, words)
    return value > 0.5 ? 1 : ((words[0] >>> 8) / 2 ** 24 - 0.5 + 0.25) * 2
  })
}

describe.each(backends.map(({ id }) => id))('a surrogate that draws, on %s', (id) => {
  const test = findBackend(id).unavailable() === null ? it : it.skip

  test('is 1 where it spiked and the drawn number elsewhere', () => {
    const found = surrogateOf(id, 11)
    const wanted = expected(11)
    found.forEach((value, at) => expect(value).toBeCloseTo(wanted[at], 6))
    expect(new Set(found).size).toBeGreaterThan(90)
  })

  test('is the same for the same seed and another for another', () => {
    expect(surrogateOf(id, 11)).toEqual(surrogateOf(id, 11))
    expect(surrogateOf(id, 11)).not.toEqual(surrogateOf(id, 12))
  })
})
