import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { findPreset } from '../../../src-shared/model/presets.ts'
import { useExperimentStore } from '../../../src-renderer/stores/experiment.ts'
import { addLayer } from '../../../src-renderer/stores/layers.ts'
import { digits, freshPage, info } from './page.fixture.ts'

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

describe('the draft experiment', () => {
  beforeEach(() => void freshPage())

  it('begins with the first preset, which can be trained at once', async () => {
    const experiment = useExperimentStore()
    await settled()
    expect(experiment.document).toEqual(findPreset('fc-leaky-100')?.experiment)
    expect(experiment.valid).toBe(true)
    expect(experiment.blocker).toBeNull()
    expect(experiment.changed).toBe(false)
  })

  it('marks what differs from the preset, and unmarks it when it is put back', () => {
    const experiment = useExperimentStore()
    experiment.setField('timeSteps', 50)
    experiment.setField('model.lif1.beta', 0.9)
    experiment.setField('encoding.gain', 2)
    expect([...experiment.changedPaths].sort()).toEqual(['encoding.gain', 'model.lif1.beta', 'timeSteps'])
    experiment.resetField('timeSteps')
    experiment.setField('encoding.gain', 1)
    expect([...experiment.changedPaths]).toEqual(['model.lif1.beta'])
    experiment.resetAll()
    expect(experiment.changed).toBe(false)
  })

  it('keeps a text that is no number as it was typed, with a sentence, and blocks training', () => {
    const experiment = useExperimentStore()
    experiment.setField('optimizer.learningRate', '5e-')
    expect(experiment.document.optimizer.params.learningRate).toBe('5e-')
    expect(experiment.problems.map(({ path, code }) => [path, code])).toEqual([
      ['optimizer.learningRate', 'field.notNumber'],
    ])
    expect(experiment.blocker).toBe(
      'Learning rate is "5e-", which is not a number; it takes a number above 0 to 10.',
    )
    experiment.setField('optimizer.learningRate', 5e-3)
    expect(experiment.valid).toBe(true)
  })

  it('marks an encoding that reads other samples than the dataset holds, before the workbench refuses it', async () => {
    const events = { ...digits, id: 'events', name: 'Recordings', kind: 'events' as const }
    freshPage({ 'datasets.list': () => [digits, events] })
    const experiment = useExperimentStore()
    await settled()
    experiment.setField('dataset.id', 'events')
    expect(experiment.problems).toMatchObject([
      { path: 'encoding.kind', field: 'kind', code: 'encoding.reads' },
    ])
    expect(experiment.blocker).toBe(
      'The encoding "constant current" reads images, but "Recordings" holds events; choose an encoding of events.',
    )
    experiment.setField('encoding.kind', 'frames')
    expect(experiment.problems.map(({ code }) => code)).not.toContain('encoding.reads')
  })

  it('keeps an input shape that is none, and the shape before it until it is one', () => {
    const experiment = useExperimentStore()
    experiment.setInputShape('1x28x')
    expect(experiment.inputText).toBe('1x28x')
    expect(experiment.document.model.input.shape).toEqual([1, 28, 28])
    expect(experiment.valid).toBe(false)
    experiment.setInputShape('784')
    expect(experiment.inputText).toBeNull()
    expect(experiment.document.model.input.shape).toEqual([784])
  })

  it('takes typing in one field as one step of undo', () => {
    const experiment = useExperimentStore()
    for (const value of [2, 25, 250]) experiment.setField('timeSteps', value)
    experiment.setField('epochs', 3)
    experiment.undo()
    expect(experiment.document.epochs).toBe(10)
    expect(experiment.document.timeSteps).toBe(250)
    experiment.undo()
    expect(experiment.document.timeSteps).toBe(25)
    expect(experiment.canUndo).toBe(false)
    experiment.redo()
    experiment.redo()
    expect(experiment.document).toMatchObject({ timeSteps: 250, epochs: 3 })
  })

  it('undoes layers and presets as well, back to what the draft was compared with', () => {
    const experiment = useExperimentStore()
    experiment.setModel(addLayer(experiment.document.model, 'leaky', 5))
    experiment.openPreset('linear-lif-poisson')
    expect(experiment.baseName).toBe('linear-lif-poisson')
    experiment.undo()
    expect(experiment.baseName).toBe('fc-leaky-100')
    expect(experiment.document.model.layers).toHaveLength(6)
    experiment.undo()
    expect(experiment.changed).toBe(false)
  })

  it('never changes a preset', () => {
    const before = structuredClone(findPreset('linear-lif-poisson'))
    const experiment = useExperimentStore()
    experiment.openPreset('linear-lif-poisson')
    experiment.setField('model.lif.tau', 5)
    experiment.setField('seed', 9)
    expect(findPreset('linear-lif-poisson')).toEqual(before)
  })

  it('carries parameters of the same name over to another encoding, and marks only the kind', () => {
    const experiment = useExperimentStore()
    experiment.setField('encoding.kind', 'rate')
    expect(experiment.document.encoding).toMatchObject({ kind: 'rate', params: { gain: 1, offset: 0 } })
    expect([...experiment.changedPaths]).toEqual(['encoding.kind'])
    experiment.setField('optimizer.kind', 'sgd')
    expect(experiment.document.optimizer.params.learningRate).toBe(0.1)
  })

  it('comes back after a reload as it was left, typed text included', async () => {
    const experiment = useExperimentStore()
    experiment.setField('timeSteps', '10x')
    experiment.setInputShape('28x')
    await nextTick()
    setActivePinia(createPinia())
    const again = useExperimentStore()
    expect(again.document.timeSteps).toBe('10x')
    expect(again.inputText).toBe('28x')
    expect([...again.changedPaths]).toEqual(['timeSteps'])
  })

  it.each(['{', '"text"', '{"document":{"version":1}}', '{"document":{"version":99},"base":{}}'])(
    'begins anew where the kept draft is %s',
    (kept) => {
      localStorage.setItem('spikedesk.draft', kept)
      expect(useExperimentStore().document.name).toBe('fc-leaky-100')
    },
  )

  it('says what does not fit the data or this machine', async () => {
    const experiment = useExperimentStore()
    await settled()
    experiment.setField('model.fc2.outputs', 12)
    expect(experiment.problems.map(({ code }) => code)).toEqual(['model.classes'])
    experiment.undo()
    experiment.setField('dataset.id', 'gone')
    expect(experiment.problems.map(({ code }) => code)).toEqual(['dataset.unknown'])
  })

  it('names the reason where the engine is not to be had', async () => {
    const engines = info.engines.map((engine) => ({ ...engine, unavailable: 'its addon is not built' }))
    freshPage({ 'app.info': () => ({ ...info, engines }) })
    const experiment = useExperimentStore()
    await settled()
    expect(experiment.blocker).toBe('The native engine is not to be had here: its addon is not built')
  })

  it('cannot be trained while the workbench does not answer', async () => {
    const bridge = freshPage()
    const experiment = useExperimentStore()
    await settled()
    bridge.setStatus('lost')
    expect(experiment.problems.map(({ code }) => code)).toEqual(['host.disconnected'])
    bridge.setStatus('open')
    expect(experiment.valid).toBe(true)
  })

  it('names what keeps a dataset from being opened', async () => {
    const problem = { code: 'dataset.notFound', data: { path: '/gone' } } as const
    freshPage({ 'datasets.list': () => [{ ...digits, problem }] })
    const experiment = useExperimentStore()
    await settled()
    expect(experiment.problems[0]).toMatchObject({ path: 'dataset.id', ...problem })
  })
})
