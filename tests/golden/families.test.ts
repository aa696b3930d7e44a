import { describe, expect, it } from 'vitest'
import { goldenFiles, goldenFolder } from './vectors.ts'

/** Families that have a test file here. */
const known = [
  ...['neurons', 'surrogates', 'losses', 'encoders', 'targets', 'networks'],
  ...['optimizers', 'schedules', 'plateaus'],
]

describe('the folder of golden vectors', () => {
  it(`holds vectors: ${goldenFolder}`, () => {
    expect(goldenFiles().length).toBeGreaterThan(0)
  })

  for (const { file, family, cases } of goldenFiles()) {
    it(`has a test for ${file}, family ${family}, ${cases?.length} cases`, ({ skip }) => {
      if (!known.includes(family)) skip(`not supported yet: family ${family}`)
      expect(Array.isArray(cases) && cases.length > 0).toBe(true)
    })
  }
})
