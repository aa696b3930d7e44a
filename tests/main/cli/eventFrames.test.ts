import { describe, expect, it } from 'vitest'
import { eventFrames } from '../../../src-main/cli/bench/eventFrames.ts'
import { spikedesk } from './commandLine.ts'

const noise = { samples: 6, steps: 5, width: 400, density: 0.1, classes: 4, seed: 3, batch: 0 }

describe('synthetic event frames', () => {
  it('have about as many events as was asked for, in ascending places', () => {
    const { starts, places, values, labels } = eventFrames(noise)
    expect(starts).toHaveLength(31)
    expect(starts[30]).toBe(places.length)
    expect(places.length / (30 * 400)).toBeCloseTo(0.1, 1)
    for (let frame = 0; frame < 30; frame++) {
      const row = places.subarray(starts[frame], starts[frame + 1])
      expect(row).toEqual(Uint32Array.from(new Set(row)).toSorted())
      expect(row.every((place) => place < 400)).toBe(true)
    }
    expect(values).toBeNull()
    expect([...labels]).toEqual([0, 1, 2, 3, 0, 1])
  })

  it('are the same again for a seed, and others for another batch', () => {
    expect(eventFrames(noise)).toEqual(eventFrames(noise))
    expect(eventFrames({ ...noise, batch: 1 }).places).not.toEqual(eventFrames(noise).places)
  })

  it('are none or all at the ends of the range', () => {
    expect(eventFrames({ ...noise, density: 0 }).places).toHaveLength(0)
    expect(eventFrames({ ...noise, density: 1 }).places).toHaveLength(30 * 400)
  })

  it('feed the bench of events-cnn', async () => {
    const options = ['--workload', 'events-cnn', '--threads', '1', '--repeats', '1', '--density', '0.01']
    const ended = await spikedesk(['bench', ...options, '--json'])
    expect([ended.code, ended.stderr]).toEqual([0, ''])
    const lines = ended.events().filter(({ type }) => type === 'measurement')
    expect(lines.map(({ workload, phase }) => [workload, phase])).toEqual([
      ['events-cnn', 'train'],
      ['events-cnn', 'infer'],
    ])
  })

  it('are refused where the density is no share', async () => {
    const ended = await spikedesk(['bench', '--workload', 'events-cnn', '--density', '1.5'])
    expect(ended.code).not.toBe(0)
    expect(ended.stderr).toMatch(/density/)
  })
})
