import { describe, expect, it } from 'vitest'
import { readSettings } from '../../../src-main/cli/settings.ts'
import { encodingTables } from '../../../src-shared/encodingTables.ts'
import { transformTables } from '../../../src-shared/transformTables.ts'

const transform = (text: string) => readSettings('--transform', text, transformTables)

describe('a kind with its parameters', () => {
  it('takes numbers, choices, flags and several numbers, and defaults for the rest', () => {
    expect(transform('denoise')).toEqual({ kind: 'denoise', params: { filterTime: 10000 } })
    expect(transform('timeReversal,probability=0.25,flipPolarities=false,appliesTo=both')).toEqual({
      kind: 'timeReversal',
      params: { probability: 0.25, flipPolarities: false, appliesTo: 'both' },
    })
    expect(transform('dropPixel,pixels=1 2 3 4').params).toEqual({ pixels: '1 2 3 4', hotFrequency: 0 })
    const frames = readSettings('--encoding', 'frames, values = binary', encodingTables)
    expect(frames.params).toMatchObject({ slicing: 'timeBins', values: 'binary' })
  })

  it('names what is no kind and no parameter; values are checked with the experiment', () => {
    expect(() => transform('blur')).toThrow(/--transform takes one of denoise, .*, not "blur"\./)
    expect(() => transform('denoise,time=3')).toThrow(
      /--transform: "time=3" is no parameter of denoise with a value, such as name=1; its parameters are: filterTime\./,
    )
    expect(() => transform('flipLR,0.5')).toThrow(/"0.5" is no parameter of flipLR/)
    expect(transform('denoise,filterTime=soon').params.filterTime).toBe('soon')
  })
})
