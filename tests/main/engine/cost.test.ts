import { describe, expect, it } from 'vitest'
import { compileNetwork } from '../../../src-main/engine/compile.ts'
import { inferenceFlops, layerFlops, remadeFlops, stepFlops } from '../../../src-main/engine/cost.ts'
import { layer, network } from './fixtures.ts'

const layers = [
  layer('fc1', 'linear', { outputs: 3 }),
  layer('n1', 'leaky'),
  layer('fc2', 'linear', { outputs: 2 }),
  layer('n2', 'leaky'),
]
const sized = (timeSteps: number, isStatic: boolean) =>
  compileNetwork(
    network(layers, [7], { timeSteps, batchSize: 4, encoding: { kind: 'given', static: isStatic } }),
  )

describe('cost', () => {
  it('counts each layer under a static input once, the others at every step', () => {
    const forward = 2 * 4 * 7 * 3 + 10 * (6 * 4 * 3 + 2 * 4 * 3 * 2 + 6 * 4 * 2 + 6 * 4 * 2)
    expect(inferenceFlops(sized(10, true))).toBe(forward)
    expect(inferenceFlops(sized(10, false))).toBe(forward + 9 * 2 * 4 * 7 * 3)
  })

  it('counts a training step: forward, two products backward (one at the input), neurons and Adam', () => {
    const products = 2 * 4 * 7 * 3 + 10 * 2 * (2 * 4 * 3 * 2)
    const neurons = 10 * 26 * (4 * 3 + 4 * 2)
    const adam = 16 * (7 * 3 + 3 + 3 * 2 + 2)
    expect(stepFlops(sized(10, true))).toBe(inferenceFlops(sized(10, true)) + products + neurons + adam)
  })

  it('counts what is made again apart: currents, and the way forward through all stretches but the last', () => {
    const program = sized(10, false)
    expect(remadeFlops(program)).toBe(0)
    const currents = 10 * 2 * 4 * (7 * 3 + 3 * 2)
    expect(remadeFlops({ ...program, recompute: true })).toBe(currents)
    const neurons = 10 * 6 * 4 * (3 + 2)
    const divided = { ...program, recompute: true, stretch: 4 }
    expect(remadeFlops(divided)).toBeCloseTo(currents + 0.8 * (currents + neurons))
    const still = { ...sized(10, true), stretch: 4 }
    const first = 2 * 4 * 7 * 3
    expect(remadeFlops(still)).toBeCloseTo(0.8 * (10 * 2 * 4 * 3 * 2 + neurons) + 4 * first)
    for (const each of [divided, still]) expect(stepFlops(each)).toBe(stepFlops({ ...each, stretch: 0 }))
  })

  it('counts the products of neurons that hear each other', () => {
    const flops = (kind: string, params = {}) => {
      const program = compileNetwork(
        network([layer('n', kind, params)], [3], { timeSteps: 10, batchSize: 4 }),
      )
      return { forward: inferenceFlops(program), step: stepFlops(program) }
    }
    const product = 10 * 2 * 4 * 3 * 3
    const [alone, heard] = [flops('rleaky', { allToAll: false }), flops('rleaky')]
    expect(heard.forward - alone.forward).toBe(product)
    expect(heard.step - alone.step).toBe(3 * product + 16 * (9 + 3 - 1))
  })

  it('divides a training step among its layers and the loss', () => {
    const program = sized(10, true)
    const parts = [...layers.map(({ id }) => id), ''].map((id) => layerFlops(program, id))
    const sum = parts.reduce((flops, part) => flops + part.forward + part.backward + part.update, 0)
    expect(sum).toBe(stepFlops(program))
    expect(layerFlops(program, 'fc2')).toEqual({
      forward: 10 * 2 * 4 * 3 * 2,
      backward: 10 * 2 * 4 * 3 * 2,
      update: 10 * 2 * 4 * 3 * 2 + 16 * (3 * 2 + 2),
    })
  })
})
