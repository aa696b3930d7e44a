import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import type { EncodingStudy, RequestParams } from '../../../../src-shared/contract.ts'
import { useNewestAnswer } from '../../../../src-renderer/views/data/useNewestAnswer.ts'
import { freshPage } from '../../stores/page.fixture.ts'

type Wish = RequestParams<'encoding.study'>

const asked: number[] = []
let answer: (() => void)[] = []
let refuse = false
let scope: EffectScope

/** Just as much of a study as shows which wish it answers. */
const studyOf = ({ timeSteps }: Wish): EncodingStudy =>
  ({ timeSteps, report: { traps: [] } }) as unknown as EncodingStudy

beforeEach(() => {
  asked.length = 0
  answer = []
  refuse = false
  scope = effectScope()
  freshPage({
    'encoding.study': (wish) => {
      asked.push(wish.timeSteps)
      if (refuse) throw new Error('no')
      return new Promise((resolve) => answer.push(() => resolve(studyOf(wish))))
    },
  })
})
afterEach(() => scope.stop())

function start() {
  const timeSteps = ref<number | null>(1)
  const found = scope.run(() =>
    useNewestAnswer('encoding.study', () =>
      timeSteps.value === null
        ? null
        : {
            ...{ id: 'digits', split: 'train', index: 0, seed: 1, timeSteps: timeSteps.value },
            encoding: { kind: 'poisson', params: {} },
          },
    ),
  )
  return { timeSteps, found: found! }
}

describe('the answer to what a slider says', () => {
  it('is asked for once at a time, and the newest wish wins', async () => {
    const { timeSteps, found } = start()
    for (const steps of [2, 3, 4, 5]) {
      timeSteps.value = steps
      await nextTick()
    }
    expect(asked).toEqual([1])
    answer[0]()
    await expect.poll(() => asked).toEqual([1, 5])
    expect(found.answer.value?.timeSteps).toBe(1)
    answer[1]()
    await expect.poll(() => found.answer.value?.timeSteps).toBe(5)
    expect(asked).toEqual([1, 5])
  })

  it('stays while something is not valid, and beside what is wrong', async () => {
    const { timeSteps, found } = start()
    await expect.poll(() => answer.length).toBe(1)
    answer[0]()
    await expect.poll(() => found.answer.value?.timeSteps).toBe(1)
    timeSteps.value = null
    await nextTick()
    expect(asked).toEqual([1])
    refuse = true
    timeSteps.value = 7
    await expect.poll(() => found.problem.value).toBeInstanceOf(Error)
    expect(found.answer.value?.timeSteps).toBe(1)
  })
})
