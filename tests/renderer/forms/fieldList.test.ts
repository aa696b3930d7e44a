import { mount, type VueWrapper } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { defineComponent, h, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { optimizerTables } from '../../../src-shared/experimentFields.ts'
import {
  checkFields,
  defaultValues,
  type Field,
  type FieldValue,
  type FieldValues,
} from '../../../src-shared/fields.ts'
import { findLayer } from '../../../src-shared/model/layers/index.ts'
import FieldList from '../../../src-renderer/forms/FieldList.vue'
import { i18n } from '../../../src-renderer/i18n/index.ts'

/** A form whose values are kept as a store would keep them. */
function form(fields: readonly Field[], defaults = defaultValues(fields)) {
  const values = ref<FieldValues>({ ...defaults })
  const Host = defineComponent(
    () => () =>
      h(TooltipProvider, () =>
        h(FieldList, {
          fields,
          values: values.value,
          defaults,
          curves: true,
          problems: checkFields(fields, values.value).map(({ key, ...problem }) => ({
            field: key,
            ...problem,
          })),
          onUpdate: (key: string, value: FieldValue) => (values.value = { ...values.value, [key]: value }),
        }),
      ),
  )
  return { wrapper: mount(Host, { global: { plugins: [i18n] }, attachTo: document.body }), values }
}

function input(wrapper: VueWrapper, label: string) {
  const found = wrapper.findAll('label').find((candidate) => candidate.text().startsWith(label))
  return wrapper.get<HTMLInputElement>(`[id="${found?.attributes('for')}"]`)
}

const adam = optimizerTables.adam.fields

describe('a form', () => {
  it('draws every field with its label, symbol and unit', () => {
    const { wrapper } = form(findLayer('leaky')!.fields)
    const text = wrapper.text()
    for (const { label, symbol } of findLayer('leaky')!.fields) {
      expect(text).toContain(label)
      if (symbol) expect(wrapper.findAll('.symbol').map((found) => found.text())).toContain(symbol)
    }
    expect(text).toContain('per step')
  })

  it('keeps what is typed and says in words what is wrong with it', async () => {
    const { wrapper, values } = form(adam)
    const field = input(wrapper, 'Learning rate')
    await field.setValue('5e-')
    expect(field.element.value).toBe('5e-')
    expect(values.value.learningRate).toBe('5e-')
    expect(field.attributes('aria-invalid')).toBe('true')
    const error = wrapper.get(`[id="${field.attributes('aria-describedby')}"]`)
    expect(error.text()).toBe(
      'Learning rate is "5e-", which is not a number; it takes a number above 0 to 10.',
    )
    await field.setValue('5e-4')
    expect(values.value.learningRate).toBe(5e-4)
    expect(field.element.value).toBe('5e-4')
    expect(field.attributes('aria-invalid')).toBeUndefined()
  })

  it('leaves a number out of range as it stands', async () => {
    const { wrapper, values } = form(adam)
    const field = input(wrapper, 'Weight decay')
    await field.setValue('7')
    expect([field.element.value, values.value.weightDecay]).toEqual(['7', 7])
    expect(wrapper.text()).toContain('Weight decay is 7; it must be from 0 to 1.')
  })

  it('takes over a value that changes elsewhere, such as by undo', async () => {
    const { wrapper, values } = form(adam)
    const field = input(wrapper, 'Learning rate')
    await field.setValue('0.50')
    values.value = { ...values.value, learningRate: 0.25 }
    await wrapper.vm.$nextTick()
    expect(field.element.value).toBe('0.25')
  })

  it('steps with the arrow keys', async () => {
    const { wrapper, values } = form(adam)
    const field = input(wrapper, 'Learning rate')
    await field.trigger('keydown', { key: 'ArrowUp' })
    expect([field.element.value, values.value.learningRate]).toEqual(['0.0006', 0.0006])
    await field.trigger('keydown', { key: 'ArrowDown', shiftKey: true })
    expect(values.value.learningRate).toBe(0.0006)
  })

  it('marks what was changed with a button that puts it back', async () => {
    const { wrapper, values } = form(adam)
    expect(wrapper.findAll('.reset')).toHaveLength(0)
    await input(wrapper, 'First moment').setValue('0.8')
    const reset = wrapper.get('.reset')
    expect(reset.attributes('aria-label')).toBe('Reset First moment to 0.9')
    await reset.trigger('click')
    expect(values.value.beta1).toBe(0.9)
    expect(wrapper.findAll('.reset')).toHaveLength(0)
  })

  it('keeps the number of a surrogate as typed and draws its curve', async () => {
    const { wrapper, values } = form(findLayer('leaky')!.fields)
    expect(wrapper.find('.curve svg').attributes('aria-label')).toContain('its peak is 1')
    const field = input(wrapper, 'Sharpness')
    await field.setValue('4')
    expect(values.value.surrogate).toEqual({ name: 'atan', alpha: 4 })
    expect(wrapper.find('.curve svg').attributes('aria-label')).toContain('its peak is 2')
    await field.setValue('4..')
    expect(field.element.value).toBe('4..')
    expect(wrapper.text()).toContain('Sharpness is "4..", which is not a number')
  })
})
