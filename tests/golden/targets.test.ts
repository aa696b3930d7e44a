import { describe, expect, it } from 'vitest'
import { targetCodes } from '../../src-main/encoding/targets/index.ts'
import { defaultValues } from '../../src-shared/fields.ts'
import { targetTables, type TargetKind } from '../../src-shared/targetTables.ts'
import { expectWithin } from './compare.ts'
import { refuseUnknown, unsupported } from './support.ts'
import { brief, goldenCases, type GoldenArray } from './vectors.ts'

interface TargetCase {
  framework: string
  function: string
  labels: number[]
  classes: number
  num_steps: number
  params: Record<string, number | boolean | string>
  expect?: GoldenArray
  expect_error?: string
}

const kinds: Record<string, TargetKind> = {
  targets_rate: 'rate',
  targets_latency: 'latency',
  targets_convert: 'convert',
}

/** Names of the parameters there, where they differ. */
const names: Record<string, string> = {
  first_spike_time: 'firstSpikeTime',
  correct_rate: 'correctRate',
  incorrect_rate: 'incorrectRate',
  on_target: 'onTarget',
  off_target: 'offTarget',
}

/** What our errors say where snnTorch refuses, by a word of its sentence. */
const refusals: readonly [RegExp, string][] = [
  [/correct_rate/, 'encoding.targetRates'],
  [/spike_time.* out of bounds/, 'encoding.tooLate'],
  [/first_spike_time/, 'encoding.firstSpike'],
]

const never = (): number => unsupported('patterns that are drawn')

function encode({ function: name, labels, classes, num_steps: steps, params }: TargetCase) {
  const kind = kinds[name] ?? unsupported(name)
  // targets_convert takes an epsilon, and hands it to no code that shows it.
  const { epsilon, ...rest } = params
  const given = kind === 'latency' && epsilon !== undefined ? { ...rest, epsilon } : rest
  const mine = Object.fromEntries(Object.entries(given).map(([key, value]) => [names[key] ?? key, value]))
  const defaults = defaultValues(targetTables[kind].fields)
  refuseUnknown('target parameter', mine, Object.keys(defaults))
  const all = { ...defaults, ...mine }
  const code = targetCodes[kind]
  const still = code.still(all)
  return { still, values: code.encode(Uint8Array.from(labels), classes, steps, all, never) }
}

const cases = goldenCases<TargetCase>(
  'targets',
  ({ function: name, num_steps, params }) => `${name} T=${num_steps} ${brief(params)}`,
)

describe('targets', () => {
  for (const { name, golden } of cases) {
    it(name, () => {
      const { expect: wanted, expect_error: refusal = '', labels, classes, num_steps: steps } = golden
      if (!wanted) {
        const code = refusals.find(([words]) => words.test(refusal))?.[1]
        expect(() => encode(golden)).toThrow(expect.objectContaining({ code }))
        return
      }
      const { still, values } = encode(golden)
      expect(still ? [labels.length, classes] : [steps, labels.length, classes]).toEqual(wanted.shape)
      expectWithin(name, values, wanted.data, 1e-6)
    })
  }
})
