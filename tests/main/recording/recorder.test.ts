import { describe, expect, it } from 'vitest'
import { LossBuffer, type LossChunk } from '../../../src-main/recording/losses.ts'
import { MetricsRecorder } from '../../../src-main/recording/recorder.ts'

function makeRecorder() {
  const calls: { sink: string; firstStep: number; losses: number[] }[] = []
  const clock = { now: 0 }
  const note =
    (sink: string) =>
    ({ firstStep, losses }: LossChunk) =>
      void calls.push({ sink, firstStep, losses: [...losses] })
  const sinks = { commit: note('commit'), send: note('send') }
  return { recorder: new MetricsRecorder<null>(sinks, 10, () => clock.now), calls, clock }
}

describe('the metrics recorder', () => {
  it('commits before it sends', () => {
    const { recorder, calls } = makeRecorder()
    recorder.push(1)
    recorder.tick(() => null)
    expect(calls.map(({ sink }) => sink)).toEqual(['commit', 'send'])
  })

  it('sends at most ten times a second, whatever is committed in between', () => {
    const { recorder, calls, clock } = makeRecorder()
    for (clock.now = 0; clock.now < 2000; clock.now += 5) {
      recorder.push(clock.now)
      recorder.tick(() => null)
      if (clock.now % 20 === 0) recorder.commit(null)
    }
    expect(calls.filter(({ sink }) => sink === 'send')).toHaveLength(20)
  })

  it('commits and sends every loss once, in order, from the first step on', () => {
    const { recorder, calls, clock } = makeRecorder()
    for (let i = 0; i < 500; i++) {
      recorder.push(i)
      clock.now += 7
      recorder.tick(() => null)
      if (i % 9 === 0) recorder.commit(null)
    }
    recorder.flush(null)
    for (const sink of ['commit', 'send']) {
      const chunks = calls.filter((call) => call.sink === sink)
      expect(chunks.flatMap(({ losses }) => losses)).toEqual(Array.from({ length: 500 }, (_, i) => i))
      for (const { firstStep, losses } of chunks) expect(firstStep).toBe(10 + losses[0])
    }
  })

  it('sends nothing where the commit fails, and tries again', () => {
    const sent: number[] = []
    let full = true
    const recorder = new MetricsRecorder<null>(
      {
        commit: () => {
          if (full) throw new Error('disk full')
        },
        send: ({ losses }) => sent.push(...losses),
      },
      0,
      () => 0,
    )
    recorder.push(4)
    expect(() => recorder.flush(null)).toThrow('disk full')
    expect(sent).toEqual([])
    full = false
    recorder.flush(null)
    expect(sent).toEqual([4])
  })
})

it('grows a loss buffer without losing any, and hands out copies', () => {
  const buffer = new LossBuffer(3)
  for (let i = 0; i < 5000; i++) buffer.push(i)
  const { firstStep, losses } = buffer.peek(10)
  expect([firstStep, losses.length, losses[0], losses.at(-1)]).toEqual([13, 4990, 10, 4999])
  buffer.clear()
  buffer.push(-1)
  expect(losses[0]).toBe(10)
  expect(buffer.peek()).toEqual({ firstStep: 5003, losses: Float32Array.of(-1) })
})
