import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

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

/** Flags of the processor where the system tells them (Linux on x64). */
function processorHas(...flags: string[]): boolean {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false
  const info = readFileSync('/proc/cpuinfo', 'utf8')
  return flags.every((flag) => new RegExp(`\\b${flag}\\b`).test(info))
}

const sets = [
  { isa: 'avx2', name: 'AVX2', here: processorHas('avx2', 'fma', 'bmi2') },
  { isa: 'avx512', name: 'AVX-512', here: processorHas('avx512f', 'avx512vl', 'avx512dq', 'avx512bw') },
]

describe('instruction sets', () => {
  const scalar = probe('scalar')

  it.each(sets)('$isa computes what scalar computes, or is refused', ({ isa, name, here }) => {
    if (!here) {
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
    const widest = sets.filter(({ here }) => here).at(-1)?.name ?? scalar.instructionSet
    expect(probe('').instructionSet).toBe(widest)
  })

  it('refuses a name that it does not know in one sentence', () => {
    expect(run('sse9').stderr).toContain('SPIKEDESK_ISA is "sse9"; it takes scalar, avx2 or avx512.')
  })
})
