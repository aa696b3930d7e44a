import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import LayerList from '../../../src-renderer/builder/LayerList.vue'
import { i18n } from '../../../src-renderer/i18n/index.ts'
import { useBuilderStore } from '../../../src-renderer/stores/builder.ts'
import { useExperimentStore } from '../../../src-renderer/stores/experiment.ts'
import { freshPage } from '../stores/page.fixture.ts'

function list() {
  const wrapper = mount(LayerList, { global: { plugins: [i18n] }, attachTo: document.body })
  const press = (key: string, init: KeyboardEventInit = {}) =>
    wrapper.get('[role=listbox]').trigger('keydown', { key, ...init })
  return { wrapper, press, experiment: useExperimentStore(), builder: useBuilderStore() }
}

const ids = (experiment: ReturnType<typeof useExperimentStore>) =>
  experiment.document.model.layers.map(({ id }) => id)

describe('the list of layers', () => {
  beforeEach(() => void freshPage())

  it('shows each layer with its shape and parameters', () => {
    const { wrapper } = list()
    const rows = wrapper.findAll('[role=option]').map((row) => row.text())
    expect(rows).toHaveLength(5)
    expect(rows[1]).toContain('784 → 100')
    expect(rows[1]).toContain('78,500')
  })

  it('can be worked with keys alone', async () => {
    const { press, experiment, builder } = list()
    await press('Home')
    await press('ArrowDown')
    await press('ArrowDown')
    expect(builder.layer?.node.id).toBe('lif1')
    await press('ArrowUp', { altKey: true })
    expect(ids(experiment)).toEqual(['flatten', 'lif1', 'fc1', 'fc2', 'lif2'])
    await press('d', { ctrlKey: true })
    expect(ids(experiment)).toEqual(['flatten', 'lif1', 'lif3', 'fc1', 'fc2', 'lif2'])
    await press('Delete')
    await press('ArrowDown', { altKey: true })
    expect(experiment.canUndo).toBe(true)
    experiment.undo()
    experiment.undo()
    experiment.undo()
    experiment.undo()
    expect(experiment.changed).toBe(false)
  })

  it('puts an error on the layer that it belongs to, at once', async () => {
    const { wrapper, experiment } = list()
    experiment.setField('model.lif1.beta', 1.2)
    await wrapper.vm.$nextTick()
    const rows = wrapper.findAll('[role=option]').map((row) => row.text())
    expect(rows[2]).toContain('Decay is 1.2; it must be from 0 to 1.')
    expect(rows.filter((row) => row.includes('must be'))).toHaveLength(1)
  })

  it('says that there is nothing once everything is deleted', async () => {
    const { wrapper, press, builder } = list()
    await press('Home')
    for (let i = 0; i < 5; i++) await press('Delete')
    expect(builder.count).toBe(0)
    expect(wrapper.text()).toContain('The model has no layers; add at least one.')
    builder.add('leaky')
    expect(builder.chosen).toBe(0)
  })
})
