import { describe, expect, it } from 'vitest'
import { fitProgram, limitBytesOf, requireFitting } from '../../../src-main/runs/stepLimit.ts'
import type { ExperimentDocument, RecomputeKind } from '../../../src-shared/experiment.ts'
import { stepMemory, totalBytes } from '../../../src-main/engine/stepMemory.ts'
import { presetLayer } from '../../../src-shared/model/presetLayer.ts'
import { findPreset } from '../../../src-shared/model/presets.ts'

function preset(id: string, recompute: RecomputeKind): ExperimentDocument {
  const found = findPreset(id)
  if (!found) throw new Error(`no preset ${id}`)
  return { ...found.experiment, threads: 2, recompute }
}

const mebibyte = 2 ** 20

describe('the limit of training', () => {
  it('is three quarters of the machine where none is set', () => {
    expect(limitBytesOf(100)).toBe(100 * mebibyte)
    expect(limitBytesOf(0)).toBeGreaterThan(100 * mebibyte)
  })

  it('recomputes only where it must and may', () => {
    const whole = fitProgram(preset('csnn-if', 'automatic'), Infinity)
    const least = fitProgram(preset('csnn-if', 'always'), Infinity)
    expect([whole.program.recompute, least.program.recompute]).toEqual([false, true])
    expect(least.bytes).toBeLessThan(0.8 * whole.bytes)
    const between = (whole.bytes + least.bytes) / 2
    expect(fitProgram(preset('csnn-if', 'automatic'), between)).toMatchObject({
      ...{ bytes: least.bytes, problem: null },
      program: { recompute: true },
    })
  })

  it('names the way out where recomputing is one', () => {
    const { bytes } = fitProgram(preset('csnn-if', 'never'), Infinity)
    const least = fitProgram(preset('csnn-if', 'always'), Infinity).bytes
    const problem = fitProgram(preset('csnn-if', 'never'), (bytes + least) / 2).problem
    expect(problem?.code).toBe('engine.memoryRecompute')
    expect(problem?.data).toMatchObject({
      needed: Math.ceil(bytes / mebibyte),
      least: Math.ceil(least / mebibyte),
    })
  })

  it('refuses in one sentence what does not fit at all', () => {
    for (const recompute of ['never', 'automatic', 'always'] as const) {
      expect(() => requireFitting(preset('fc-leaky-1000', recompute), mebibyte)).toThrow(
        /^Training needs \d+ MiB, but may take 1 MiB; a smaller batch/,
      )
    }
  })

  it('names the layer that keeps steps from going in stretches', () => {
    expect(() => requireFitting(preset('csnn-if', 'automatic'), 2 * mebibyte)).toThrow(
      /^Training needs \d+ MiB, but may take 2 MiB. Layer "\w+" takes statistics over all time steps/,
    )
  })

  describe.each(['native', 'reference'] as const)('of many steps on the %s engine', (engine) => {
    const timeSteps = 400
    // The native engine keeps all spikes over many steps only of neurons that hear each other.
    const long = (recompute: RecomputeKind): ExperimentDocument => {
      const found = preset(engine === 'native' ? 'fc-leaky-100' : 'linear-lif-poisson', recompute)
      const layers = found.model.layers.map((layer) =>
        layer.id === 'lif1' ? presetLayer('lif1', 'rleaky') : layer,
      )
      const model = engine === 'native' ? { ...found.model, layers } : found.model
      return { ...found, model, engine, timeSteps, batchSize: 1024 }
    }
    const whole = fitProgram(long('always'), Infinity)

    it('lets steps go in the longest stretches that fit', () => {
      const limit = whole.bytes / 3
      const found = fitProgram(long('automatic'), limit)
      expect(found).toMatchObject({ problem: null, program: { recompute: true } })
      expect(found.bytes).toBeLessThanOrEqual(limit)
      const { stretch } = found.program
      const count = Math.ceil(timeSteps / stretch)
      expect(count).toBeGreaterThan(2)
      const longer = { ...found.program, stretch: Math.ceil(timeSteps / (count - 1)) }
      expect(totalBytes(stepMemory(engine, longer, 4))).toBeGreaterThan(limit)
      for (const threads of [1, 4]) {
        expect(fitProgram({ ...long('automatic'), threads }, limit).program.stretch).toBe(stretch)
      }
    })

    it('shrinks to several times less, and says so where it is not allowed', () => {
      const limit = whole.bytes / 4
      const { problem } = fitProgram(long('never'), limit)
      expect(problem?.code).toBe('engine.memoryRecompute')
      const least = fitProgram(long('always'), limit)
      expect(least.bytes).toBeLessThanOrEqual(limit)
      expect(problem?.data).toMatchObject({ least: Math.ceil(least.bytes / mebibyte) })
    })

    it('keeps the stretches of a run that goes on, or names them where they do not fit', () => {
      const began = fitProgram(long('automatic'), whole.bytes / 3)
      const { stretch } = began.program
      for (const limit of [Infinity, whole.bytes, began.bytes]) {
        const found = fitProgram(long('automatic'), limit, stretch)
        expect(found).toMatchObject({ problem: null, bytes: began.bytes, program: began.program })
      }
      const apart = fitProgram(long('automatic'), began.bytes / 2, stretch).problem
      expect(apart).toMatchObject({ code: 'engine.memoryGoingOn', data: { steps: stretch } })
      const together = fitProgram(long('automatic'), began.bytes, 0).problem
      expect(together).toMatchObject({ code: 'engine.memoryGoingOn', data: { steps: timeSteps } })
    })

    it('finds about the least where nothing fits', () => {
      const { problem } = fitProgram(long('automatic'), 1)
      const needed = Number(problem?.data.needed) * mebibyte
      const taken = [5, 10, 20, 40].map((stretch) =>
        totalBytes(stepMemory(engine, { ...whole.program, stretch }, 2)),
      )
      expect(needed).toBeLessThan(1.05 * Math.min(...taken) + mebibyte)
    })
  })
})
