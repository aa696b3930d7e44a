import { describe, expect, it } from 'vitest'
import { createHistory } from '../../../src-renderer/stores/history.ts'

function timed(initial: number) {
  let time = 0
  const history = createHistory(initial, () => time)
  return { ...history, wait: (ms: number) => (time += ms) }
}

describe('undo and redo', () => {
  it('goes back and forth over at least 100 steps', () => {
    const history = timed(0)
    for (let i = 1; i <= 150; i++) history.push(i)
    for (let i = 0; i < 150; i++) history.undo()
    expect(history.steps.present).toBe(0)
    for (let i = 0; i < 150; i++) history.redo()
    expect(history.steps.present).toBe(150)
  })

  it('forgets the oldest steps beyond its limit, and nothing else', () => {
    const history = timed(0)
    for (let i = 1; i <= 1000; i++) history.push(i)
    expect(history.steps.past).toHaveLength(200)
    for (let i = 0; i < 1000; i++) history.undo()
    expect(history.steps.present).toBe(800)
  })

  it('takes a burst of changes with one mark as one step', () => {
    const history = timed(0)
    for (const value of [1, 12, 123]) {
      history.push(value, 'timeSteps')
      history.wait(200)
    }
    history.undo()
    expect(history.steps.present).toBe(0)
    history.redo()
    expect(history.steps.present).toBe(123)
  })

  it('begins a new step after a pause, another mark, leaving the field, or undo', () => {
    const history = timed(0)
    history.push(1, 'a')
    history.wait(5000)
    history.push(2, 'a')
    history.push(3, 'b')
    history.seal()
    history.push(4, 'b')
    history.undo()
    history.push(5, 'b')
    expect(history.steps.past).toEqual([0, 1, 2, 3])
  })

  it('drops what was undone once something else is done', () => {
    const history = timed(0)
    history.push(1)
    history.undo()
    history.push(2)
    history.redo()
    expect(history.steps.present).toBe(2)
    expect(history.steps.future).toEqual([])
  })

  it('stays where it is at either end', () => {
    const history = timed(0)
    history.undo()
    history.redo()
    expect(history.steps.present).toBe(0)
  })
})
