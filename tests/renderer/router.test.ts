import { describe, expect, it } from 'vitest'
import { href, parseHash } from '../../src-renderer/router.ts'

describe('addresses', () => {
  it('lead to a screen with what it is to show', () => {
    expect(parseHash('#/activity?run=a%20b&index=4217')).toEqual({
      screen: 'activity',
      query: { run: 'a b', index: '4217' },
    })
    expect(parseHash('#/model')).toEqual({ screen: 'model', query: {} })
  })

  it('lead to the first screen where they are unknown', () => {
    for (const hash of ['', '#', '#/', '#/nothing', '#data?x']) expect(parseHash(hash).screen).toBe('data')
  })

  it('are read as they are written', () => {
    const query = { run: '2026-11-21/014 & more', index: 3 }
    expect(parseHash(href('activity', query))).toEqual({
      screen: 'activity',
      query: { ...query, index: '3' },
    })
    expect(href('runs')).toBe('#/runs')
  })
})
