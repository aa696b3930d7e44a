import { describe, expect, it } from 'vitest'
import { branchesOf } from '../../../src-renderer/builder/branches.ts'

const text = (ids: string[], inputs: string[][]) => {
  const { lanes, rows, joined } = branchesOf(ids, inputs, 'input')
  return { lanes, rows: rows.map((parts) => parts.map(({ lane, part }) => `${part} ${lane}`)), joined }
}

describe('branches beside the list', () => {
  it('are none for a chain', () => {
    expect(text(['a', 'b'], [['input'], ['a']])).toEqual({ lanes: 0, rows: [[], []], joined: [true, true] })
  })

  it('leave a layer, pass others by and end where the last reads them', () => {
    const residual = text(['a', 'b', 'c', 'sum'], [['input'], ['a'], ['b'], ['c', 'a']])
    expect(residual).toEqual({
      lanes: 1,
      rows: [['leaves 0'], ['passes 0'], ['passes 0'], ['ends 0']],
      joined: [true, true, true, true],
    })
  })

  it('share a lane from one layer, and take another beside it', () => {
    const inputs = [['input'], ['input'], ['a', 'b'], ['sum', 'a', 'input']]
    const found = text(['a', 'b', 'sum', 'wide'], inputs)
    expect(found.rows).toEqual([
      ['passes 0', 'leaves 1'],
      ['taps 0', 'passes 1'],
      ['passes 0', 'taps 1'],
      ['ends 0', 'ends 1'],
    ])
    expect(found.joined).toEqual([true, false, true, true])
  })

  it('leave out what is no earlier layer', () => {
    expect(text(['a', 'b'], [['gone'], ['b', 'a']])).toEqual({
      lanes: 0,
      rows: [[], []],
      joined: [false, true],
    })
  })
})
