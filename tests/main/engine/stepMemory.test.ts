import { describe, expect, it } from 'vitest'
import { compileExperiment, compileNetwork } from '../../../src-main/engine/compile.ts'
import { stepMemory, totalBytes } from '../../../src-main/engine/stepMemory.ts'
import { findPreset } from '../../../src-shared/model/presets.ts'
import { layer, network } from './fixtures.ts'

const layers = [
  layer('fc1', 'linear', { outputs: 3 }),
  layer('n1', 'leaky'),
  layer('fc2', 'linear', { outputs: 2 }),
  layer('n2', 'leaky'),
]
const program = (timeSteps: number, batchSize: number, accumulation = 1) =>
  compileNetwork(
    network(layers, [7], { timeSteps, batchSize, accumulation, encoding: { kind: 'given', static: true } }),
  )

describe('memory of training', () => {
  it('of the reference engine is four bytes a number of every value', () => {
    const memory = stepMemory('reference', program(10, 4), 1)
    const weights = 4 * (21 + 3 + 1 + 1 + 6 + 2 + 1 + 1)
    const learned = 4 * (21 + 3 + 6 + 2)
    const gradients = learned + 4 * 4 * 3 + 4 * 4 * 10 * (3 + 2 + 2)
    expect(memory).toMatchObject({ weights, gradients, optimizer: 2 * learned, copy: weights + 2 * learned })
    expect(memory.spikes).toBe(4 * 4 * 10 * (3 + 2))
    expect(memory.activations).toBe(4 * 4 * (7 + 3) + 4 * 4 * 10 * (3 + 2 + 2))
  })

  it('grows by the gradients that wait', () => {
    const one = stepMemory('reference', program(10, 4), 1)
    const several = stepMemory('reference', program(10, 4, 3), 1)
    expect(several.optimizer - one.optimizer).toBe(4 * (21 + 3 + 6 + 2))
    const native = [1, 3].map(
      (accumulation) => stepMemory('native', program(10, 4, accumulation), 1).optimizer,
    )
    expect(native[1]).toBeGreaterThan(native[0])
  })

  it('of the native engine grows with batch, steps and threads, and its weights do not', () => {
    const sized = (timeSteps: number, batchSize: number, threads: number) =>
      stepMemory('native', program(timeSteps, batchSize, 1), threads)
    const small = sized(10, 128, 1)
    for (const larger of [sized(100, 128, 1), sized(10, 1280, 1), sized(10, 128, 2)]) {
      expect(totalBytes(larger)).toBeGreaterThan(totalBytes(small))
      expect(larger.weights).toBe(small.weights)
      expect(larger.optimizer).toBe(small.optimizer)
    }
  })

  it('holds the parameters of a preset and two moments of each', () => {
    const preset = findPreset('fc-leaky-1000')
    if (!preset) throw new Error('the preset is missing')
    const memory = stepMemory('native', compileExperiment(preset.experiment), 2)
    const parameters = 4 * (784 * 1000 + 1000 + 1000 * 10 + 10)
    expect(memory.optimizer).toBeGreaterThan(2 * parameters * 0.99)
    expect(memory.optimizer).toBeLessThan(2 * parameters * 1.05)
  })
})
