import { mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { defineComponent, h, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import type { TransformSettings } from '../../../src-shared/experiment.ts'
import { checkFields, defaultValues } from '../../../src-shared/fields.ts'
import { transformTables, type TransformKind } from '../../../src-shared/transformTables.ts'
import TransformList from '../../../src-renderer/forms/TransformList.vue'
import { i18n } from '../../../src-renderer/i18n/index.ts'

const settings = (kind: TransformKind): TransformSettings => ({
  kind,
  params: defaultValues(transformTables[kind].fields),
})

/** A list whose transforms are kept as a store would keep them. */
function shown(kinds: TransformKind[], reads: 'events' | 'images') {
  const list = ref<readonly TransformSettings[]>(kinds.map(settings))
  const Host = defineComponent(
    () => () =>
      h(TooltipProvider, () =>
        h(TransformList, {
          transforms: list.value,
          reads,
          problems: list.value.flatMap(({ kind, params }, place) =>
            checkFields(transformTables[kind].fields, params).map(({ key, ...problem }) => ({
              place,
              field: key,
              ...problem,
            })),
          ),
          notes: list.value.map((_, place) => `note ${place}`),
          onUpdate: (next: TransformSettings[]) => (list.value = next),
        }),
      ),
  )
  const wrapper = mount(Host, { global: { plugins: [i18n] }, attachTo: document.body })
  const press = (label: string) => wrapper.get(`button[aria-label="${label}"]`).trigger('click')
  const kindsNow = () => list.value.map(({ kind }) => kind)
  return { wrapper, list, press, kindsNow }
}

describe('the list of transforms', () => {
  it('shows each with its place, note and parameters', () => {
    const { wrapper } = shown(['denoise', 'flipLR'], 'events')
    const rows = wrapper.findAll('li')
    expect(rows.map((row) => row.get('.place').text())).toEqual(['1', '2'])
    expect(rows.map((row) => row.get('.note').text())).toEqual(['note 0', 'note 1'])
    expect(rows[0].text()).toContain('Filter time')
    wrapper.unmount()
  })

  it('moves and removes them', async () => {
    const { wrapper, press, kindsNow } = shown(['denoise', 'timeReversal', 'mergePolarities'], 'events')
    const label = transformTables.denoise.label
    expect(wrapper.get(`button[aria-label="Move ${label} up"]`).attributes('disabled')).toBeDefined()
    await press(`Move ${label} down`)
    expect(kindsNow()).toEqual(['timeReversal', 'denoise', 'mergePolarities'])
    await press(`Move ${transformTables.mergePolarities.label} up`)
    expect(kindsNow()).toEqual(['timeReversal', 'mergePolarities', 'denoise'])
    await press(`Remove ${transformTables.timeReversal.label}`)
    expect(kindsNow()).toEqual(['mergePolarities', 'denoise'])
    wrapper.unmount()
  })

  it('keeps what was typed, and says under the field what is wrong with it', async () => {
    const { wrapper, list } = shown(['centerCrop'], 'images')
    await wrapper.get('input').setValue('no number')
    expect(list.value[0].params.width).toBe('no number')
    expect(wrapper.get('.error').text()).toContain('no number')
    await wrapper.get('input').setValue('20')
    expect(list.value[0].params.width).toBe(20)
    expect(wrapper.find('.error').exists()).toBe(false)
    wrapper.unmount()
  })
})
