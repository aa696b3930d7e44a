import { describe, expect, it } from 'vitest'
import { bytesOf, RoomPool } from '../../../src-main/training/streaming/roomPool.ts'

describe('the buffers of batches', () => {
  it('go round', () => {
    const pool = new RoomPool()
    const room = pool.take([100, 4000, 4000], 10_000)
    expect(room.every(({ byteLength }, i) => byteLength >= [100, 4000, 4000][i])).toBe(true)
    expect(pool.bytes).toBe(bytesOf(room))
    pool.giveBack(room)
    expect(pool.bytes).toBe(bytesOf(room))
    expect(pool.take([101, 4010, 3900], 10_000)).toBe(room)
    expect(pool.bytes).toBe(bytesOf(room))
  })

  it('are one and an eighth of what was asked for at most', () => {
    for (const length of [129, 1000, 1025, 123_457, 2 ** 20, 5 ** 9]) {
      const [taken] = new RoomPool().take([length], Infinity)
      expect(taken.byteLength).toBeGreaterThanOrEqual(length)
      expect(taken.byteLength).toBeLessThanOrEqual(1.125 * length)
      expect(taken.byteLength % 4).toBe(0)
    }
  })

  it('are admitted within the limit, counting what is on its way, but for the first', () => {
    const pool = new RoomPool()
    expect(pool.admits([4096], 10)).toBe(true)
    const first = pool.take([4096], 10)
    expect(pool.admits([4096], 8191)).toBe(false)
    expect(pool.admits([4096], 8192)).toBe(true)
    pool.giveBack(first)
    expect(pool.admits([4096], 10)).toBe(true)
  })

  it('that wait and do not fit make way, and give their memory back at once', () => {
    const pool = new RoomPool()
    const [small, large] = [pool.take([1024], 40_000), pool.take([16_384], 40_000)]
    pool.giveBack(small)
    pool.giveBack(large)
    const taken = pool.take([4096], 40_000)
    expect([small, large].map(bytesOf)).toEqual([1024, 16_384])
    expect(pool.bytes).toBe(1024 + 16_384 + 4096)
    expect(pool.take([4096], 10_000).map(({ byteLength }) => byteLength)).toEqual([4096])
    expect([small, large].map(bytesOf)).toEqual([0, 0])
    expect(pool.bytes).toBe(2 * bytesOf(taken))
  })

  it('count as what became of them', () => {
    const pool = new RoomPool()
    pool.take([64], 1000)
    pool.changed(100)
    expect(pool.bytes).toBe(164)
    pool.changed(-164)
    expect(pool.bytes).toBe(0)
  })

  it('are freed when they are needed no more', () => {
    const pool = new RoomPool()
    const room = pool.take([64, 64], 1000)
    pool.giveBack(room)
    pool.close()
    expect(pool.bytes).toBe(0)
    expect(bytesOf(room)).toBe(0)
  })
})
