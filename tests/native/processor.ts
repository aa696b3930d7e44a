import { readFileSync } from 'node:fs'

/** An instruction set that `SPIKEDESK_ISA` may ask for. */
export interface InstructionSet {
  isa: string
  /** What the engine calls it; that of scalar depends on the machine. */
  name: string | null
  /** What the processor lacks for it; null where it has all. */
  missing: string | null
}

/** Flags of the processor where the system tells them (Linux on x64). */
function processorFlags(): Set<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return new Set()
  const flags = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? ''
  return new Set(flags.trim().split(/\s+/))
}

function instructionSet(isa: string, name: string | null, wanted: readonly string[]): InstructionSet {
  const flags = processorFlags()
  const lacks = wanted.filter((flag) => !flags.has(flag))
  return { isa, name, missing: lacks.length > 0 ? `the processor lacks ${lacks.join(', ')}` : null }
}

/** All of them, the narrowest first. */
export const instructionSets: readonly InstructionSet[] = [
  instructionSet('scalar', null, []),
  instructionSet('avx2', 'AVX2', ['avx2', 'fma', 'bmi2']),
  instructionSet('avx512', 'AVX-512', ['avx512f', 'avx512vl', 'avx512dq', 'avx512bw']),
]
