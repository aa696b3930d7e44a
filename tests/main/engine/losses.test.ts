import { describe, expect, it } from 'vitest'
import { losses } from '../../../src-main/engine/losses/index.ts'
import { numbers } from './fixtures.ts'

const extents = { timeSteps: 3, batch: 2, classes: 4 }
const labels = Uint8Array.of(3, 0)

describe.each(Object.values(losses))('$kind', ({ kind, evaluate }) => {
  it('has the gradient of its finite differences', () => {
    const input = numbers(24, 3, -1, 2)
    const gradient = new Float32Array(24)
    evaluate(input, labels, extents, gradient)
    const spare = new Float32Array(24)
    for (let i = 0; i < input.length; i++) {
      const step = 1 / 128
      const [low, high] = [-step, step].map((by) => {
        const moved = Float32Array.from(input)
        moved[i] += by
        return { at: moved[i], loss: evaluate(moved, labels, extents, spare) }
      })
      expect(gradient[i], `${kind}, element ${i}`).toBeCloseTo((high.loss - low.loss) / (high.at - low.at), 4)
    }
  })

  it('stays finite where the numbers are large', () => {
    const input = new Float32Array(24).fill(1e4).fill(-1e4, 0, 12)
    const gradient = new Float32Array(24)
    expect(evaluate(input, labels, extents, gradient)).toSatisfy(Number.isFinite)
    expect(gradient.every(Number.isFinite)).toBe(true)
  })
})

describe('values worked out by hand', () => {
  const silent = new Float32Array(24)
  const spare = new Float32Array(24)

  it('of a silent network', () => {
    expect(losses.ce_count.evaluate(silent, labels, extents, spare)).toBeCloseTo(Math.log(4), 12)
    expect(losses.ce_membrane_sum.evaluate(silent, labels, extents, spare)).toBeCloseTo(3 * Math.log(4), 12)
    expect(losses.mse_rate.evaluate(silent, labels, extents, spare)).toBe(0.25)
  })

  it('of one that always fires in its class', () => {
    const right = Float32Array.from({ length: 24 }, (_, i) =>
      i % 4 === labels[Math.floor(i / 4) % 2] ? 1 : 0,
    )
    expect(losses.mse_rate.evaluate(right, labels, extents, spare)).toBe(0)
    const wanted = Math.log(Math.exp(3) + 3) - 3
    expect(losses.ce_count.evaluate(right, labels, extents, spare)).toBeCloseTo(wanted, 12)
  })
})
