import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { useDatasetsStore } from '../../../src-renderer/stores/datasets.ts'
import { useExperimentStore } from '../../../src-renderer/stores/experiment.ts'
import { useLabStore } from '../../../src-renderer/stores/lab.ts'
import { useSampleStore } from '../../../src-renderer/stores/sample.ts'
import { digits, freshPage } from './page.fixture.ts'

beforeEach(() => {
  freshPage({
    'datasets.list': () => [digits, { ...digits, id: 'events', kind: 'events', shape: [2, 34, 34] }],
  })
})

const kinds = () => {
  const { sides } = useLabStore()
  return [sides.a.encoding.kind, sides.b.encoding.kind]
}

describe('the encoding lab', () => {
  it('begins with what the experiment has, and follows it until a side is changed', () => {
    const [experiment, lab] = [useExperimentStore(), useLabStore()]
    expect(lab.sides.a).toEqual({ encoding: experiment.document.encoding, timeSteps: 25 })
    experiment.setField('timeSteps', 40)
    expect(lab.sides.a.timeSteps).toBe(40)
    lab.setField('a', 'gain', 0.5)
    experiment.setField('timeSteps', 50)
    expect(lab.sides.a).toMatchObject({ timeSteps: 40, encoding: { params: { gain: 0.5 } } })
    expect(experiment.document.encoding.params.gain).toBe(1)
    lab.reset('a')
    expect(lab.isDrafted('a')).toBe(true)
  })

  it('puts a side into the experiment as one step of undo', () => {
    const [experiment, lab] = [useExperimentStore(), useLabStore()]
    const before = experiment.document
    lab.setField('a', 'kind', 'latency')
    lab.change('a', { params: { linear: true, normalize: true }, timeSteps: 256 })
    lab.use('a')
    expect(experiment.document).toMatchObject({
      timeSteps: 256,
      encoding: { kind: 'latency', params: { linear: true, normalize: true, clip: false } },
    })
    expect(lab.isDrafted('a')).toBe(true)
    experiment.undo()
    expect(experiment.document).toEqual(before)
  })

  it('compares with another kind, copies and swaps', () => {
    const lab = useLabStore()
    lab.show('two')
    expect(kinds()).toEqual(['constant', 'latency'])
    lab.swap()
    expect(kinds()).toEqual(['latency', 'constant'])
    lab.copy('a')
    expect(lab.sides.b).toEqual(lab.sides.a)
  })

  it('takes another kind at its defaults where a change names one', () => {
    const lab = useLabStore()
    lab.setField('a', 'gain', 3)
    lab.change('a', { kind: 'rate' })
    expect(lab.sides.a.encoding).toMatchObject({ kind: 'rate', params: { gain: 1, offset: 0 } })
  })

  it('keeps what is no number as it was typed, and says what is wrong', () => {
    const lab = useLabStore()
    lab.setField('a', 'timeSteps', '25x')
    lab.setField('a', 'gain', -1)
    const { values, problems } = lab.formOf('a')
    expect(values.timeSteps).toBe('25x')
    expect(problems.map(({ field, code }) => [field, code])).toEqual([
      ['timeSteps', 'field.notNumber'],
      ['gain', 'field.range'],
    ])
  })

  it('offers for recordings what reads recordings', async () => {
    const [lab, sample] = [useLabStore(), useSampleStore()]
    await expect.poll(() => useDatasetsStore().loaded).toBe(true)
    sample.id = 'events'
    await nextTick()
    expect(kinds()[0]).toBe('frames')
    const [kind] = lab.formOf('a').fields
    expect(kind.type === 'choice' && kind.options.map(({ value }) => value)).toEqual([
      'frames',
      'voxelGrid',
      'timeSurface',
    ])
  })
})
