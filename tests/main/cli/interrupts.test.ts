import { afterEach, describe, expect, it, vi } from 'vitest'
import { onInterrupt } from '../../../src-main/cli/interrupts.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('onInterrupt', () => {
  it('stops once, takes repeats within a moment for the same press, and ends at the second press', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as () => never)
    const stop = vi.fn()
    const release = onInterrupt(stop)
    process.emit('SIGINT')
    process.emit('SIGINT')
    expect([stop.mock.calls, exit.mock.calls]).toEqual([[[130]], []])
    vi.advanceTimersByTime(500)
    process.emit('SIGTERM')
    expect([stop.mock.calls.length, exit.mock.calls]).toEqual([1, [[143]]])
    release()
    process.emit('SIGUSR2')
    expect(process.listeners('SIGINT')).toHaveLength(0)
  })
})
