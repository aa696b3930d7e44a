import { describe, expect, it } from 'vitest'
import { eventRates } from '../../../../src-renderer/charts/events/eventRates.ts'
import {
  countOn,
  eventsIn,
  firstAt,
  isLine,
  lastTime,
} from '../../../../src-renderer/charts/events/eventWindow.ts'
import { frameColors, paintFrame } from '../../../../src-renderer/charts/events/framePainter.ts'

const train = {
  shape: [2, 2, 3],
  t: Uint32Array.of(0, 10, 10, 20, 1000),
  x: Uint16Array.of(0, 1, 1, 2, 9),
  y: Uint16Array.of(0, 1, 1, 0, 0),
  p: Uint8Array.of(1, 0, 1, 0, 1),
}

describe('the events of a window of time', () => {
  it('are those up to and with its end, and after its beginning', () => {
    expect([0, 1, 10, 11, 1001].map((time) => firstAt(train.t, time))).toEqual([0, 1, 1, 3, 5])
    expect(eventsIn(train.t, 10, 10)).toEqual([1, 3])
    expect(eventsIn(train.t, 10, 11)).toEqual([0, 3])
    expect(eventsIn(train.t, 2000, 5000)).toEqual([0, 5])
    expect(eventsIn(train.t, 999, 100)).toEqual([4, 4])
    expect(eventsIn(new Uint32Array(), 10, 10)).toEqual([0, 0])
  })

  it('have a count of ON at every place, a last time and a sensor that may be a line', () => {
    expect([...countOn(train.p)]).toEqual([0, 1, 1, 2, 2, 3])
    expect(lastTime(train)).toBe(1000)
    expect(lastTime({ ...train, t: new Uint32Array() })).toBe(1)
    expect([isLine(train), isLine({ ...train, shape: [1, 1, 700] })]).toEqual([false, true])
  })

  it('are counted by bin and polarity, none lost', () => {
    const { on, off, most, binWidth } = eventRates(train, 1000, 4)
    expect([[...on], [...off], most, binWidth]).toEqual([[2, 0, 0, 1], [2, 0, 0, 0], 2, 250])
    expect(eventRates({ ...train, t: new Uint32Array(), p: new Uint8Array() }, 1, 0.5).most).toBe(0)
  })

  it('are painted in the colours of their polarities, and those outside the sensor nowhere', () => {
    const colors = frameColors({ on: [0, 0, 200], off: [200, 0, 0], ground: [100, 100, 100] })
    const image = new Uint32Array(6)
    paintFrame(train, [0, 5], colors, image)
    const rgb = (word: number): number[] => [word & 255, (word >> 8) & 255, (word >> 16) & 255]
    expect(rgb(image[1])).toEqual([100, 100, 100])
    const [on, both, off] = [rgb(image[0]), rgb(image[4]), rgb(image[2])]
    expect(on[2]).toBeGreaterThan(on[0])
    expect(off[0]).toBeGreaterThan(off[2])
    expect(Math.abs(both[0] - both[2])).toBeLessThan(2)
    paintFrame(train, [1, 1], colors, image)
    expect(new Set(image).size).toBe(1)
  })
})
