import { expect, it } from 'vitest'
import { classScores } from '../../../src-main/analysis/confusion.ts'

const confusion = [
  [8, 2, 0],
  [1, 5, 4],
  [0, 0, 0],
]

it('tells recall and precision of each class, and says nothing of an empty one', () => {
  const [first, second, third] = classScores(confusion)
  expect(first).toEqual({ total: 10, correct: 8, recall: 0.8, precision: 8 / 9 })
  expect(second).toEqual({ total: 10, correct: 5, recall: 0.5, precision: 5 / 7 })
  expect(third).toEqual({ total: 0, correct: 0, recall: null, precision: 0 })
})
