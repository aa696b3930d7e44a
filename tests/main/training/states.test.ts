import { expect, it } from 'vitest'
import { activeStates, isActive, mayFollow } from '../../../src-main/training/states.ts'

it('needs a process behind every state but the four ends', () => {
  expect(activeStates).toEqual(['preparing', 'running', 'pausing', 'paused', 'stopping'])
})

it('lets every active state be interrupted and fail, and every end begin anew', () => {
  for (const state of activeStates) {
    expect(mayFollow(state, 'interrupted')).toBe(true)
    expect(mayFollow(state, 'failed')).toBe(true)
  }
  for (const state of ['done', 'stopped', 'failed', 'interrupted'] as const) {
    expect(isActive(state)).toBe(false)
    expect(mayFollow(state, 'preparing')).toBe(true)
    expect(mayFollow(state, 'running')).toBe(false)
  }
})

it('pauses by way of pausing, and stops by way of stopping', () => {
  expect(mayFollow('running', 'paused')).toBe(false)
  expect(mayFollow('running', 'stopped')).toBe(false)
  expect(mayFollow('paused', 'running')).toBe(true)
})
