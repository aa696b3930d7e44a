import { describe, expect, it } from 'vitest'
import { fitProgram, limitBytesOf, requireFitting } from '../../../src-main/runs/stepLimit.ts'
import type { ExperimentDocument, RecomputeKind } from '../../../src-shared/experiment.ts'
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
      expect(() => requireFitting(preset('csnn-if', recompute), 2 * mebibyte)).toThrow(
        /^Training needs \d+ MiB, but may take 2 MiB; a smaller batch/,
      )
    }
  })
})
