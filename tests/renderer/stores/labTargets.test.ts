import { beforeEach, describe, expect, it } from 'vitest'
import { useLabTargetsStore } from '../../../src-renderer/stores/labTargets.ts'
import { freshPage } from './page.fixture.ts'

beforeEach(() => void freshPage())

describe('the targets of the lab', () => {
  it('are a form of the chosen code; another code keeps what both have', () => {
    const store = useLabTargetsStore()
    expect(store.form.values).toMatchObject({ kind: 'rate', correctRate: 1, offTarget: 0 })
    store.setField('firstSpikeTime', 3)
    store.setField('offTarget', -1)
    store.setField('kind', 'latency')
    expect(store.kind).toBe('latency')
    expect(store.params).toMatchObject({ firstSpikeTime: 3, offTarget: -1, tau: 1 })
    expect(store.params).not.toHaveProperty('correctRate')
    expect(store.form.fields.map(({ key }) => key)).toContain('linear')
  })

  it('keep what was typed, and say what is wrong with it', () => {
    const store = useLabTargetsStore()
    store.setField('correctRate', 'often')
    expect(store.form.values.correctRate).toBe('often')
    expect(store.form.problems).toMatchObject([{ field: 'correctRate', code: 'field.notNumber' }])
  })
})
