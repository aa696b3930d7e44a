import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { instructionSets } from './processor.ts'

interface Probe {
  instructionSet: string
  results: { loss: number; layerSpikes: number[]; norms: number[] }[]
  /** Digest of what images become under every encoder. */
  encoded: string
}

const probeFile = join(import.meta.dirname, 'isaProbe.ts')
/** Node 24 from the project, which runs TypeScript as it is. */
const node = join(import.meta.dirname, '../../node_modules/.bin/node')

function run(isa: string) {
  const env = { ...process.env, SPIKEDESK_ISA: isa }
  return spawnSync(node, [probeFile], { env, encoding: 'utf8' })
}

function probe(isa: string): Probe {
  const { status, stdout, stderr } = run(isa)
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout) as Probe
}

const wide = instructionSets.filter(({ isa }) => isa !== 'scalar')

describe('instruction sets', () => {
  const scalar = probe('scalar')

  it.each(wide)('$isa computes what scalar computes, or is refused', ({ isa, name, missing }) => {
    if (missing !== null) {
      expect(run(isa).stderr).toMatch(/which this processor does not have/)
      return
    }
    const found = probe(isa)
    expect(found.instructionSet).toBe(name)
    expect(found.encoded).toBe(scalar.encoded)
    found.results.forEach(({ loss, layerSpikes, norms }, i) => {
      const wanted = scalar.results[i]
      expect(loss).toBeCloseTo(wanted.loss, 3)
      layerSpikes.forEach((count, k) =>
        expect(Math.abs(count / wanted.layerSpikes[k] - 1)).toBeLessThan(1e-3),
      )
      norms.forEach((norm, k) =>
        expect(Math.abs(norm - wanted.norms[k])).toBeLessThan(0.01 * wanted.norms[k] + 1e-6),
      )
    })
  })

  it('takes the widest one when nothing is asked for', () => {
    const widest = wide.filter(({ missing }) => missing === null).at(-1)?.name ?? scalar.instructionSet
    expect(probe('').instructionSet).toBe(widest)
  })

  it('refuses a name that it does not know in one sentence', () => {
    expect(run('sse9').stderr).toContain('SPIKEDESK_ISA is "sse9"; it takes scalar, avx2 or avx512.')
  })
})
