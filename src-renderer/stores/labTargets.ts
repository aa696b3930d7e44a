import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { checkFields, defaultValues, type FieldValue } from '../../src-shared/fields.ts'
import { targetField, targetTables, type TargetKind } from '../../src-shared/targetTables.ts'
import { sameValue } from './draft.ts'
import type { CodingForm } from './lab.ts'
import { carriedOver } from './settingsParts.ts'

/** The code of labels that the encoding lab tries. */
export const useLabTargetsStore = defineStore('labTargets', () => {
  const kind = shallowRef<TargetKind>('rate')
  const params = shallowRef(defaultValues(targetTables.rate.fields))

  const form = computed((): CodingForm => {
    const { fields } = targetTables[kind.value]
    return {
      fields: [targetField, ...fields],
      values: { ...params.value, kind: kind.value },
      defaults: { ...defaultValues(fields), kind: kind.value },
      problems: checkFields(fields, params.value).map((problem) => ({ ...problem, field: problem.key })),
    }
  })

  /** Takes a value as typed; another code keeps the values of what both have. */
  function setField(key: string, value: FieldValue): void {
    if (sameValue(form.value.values[key], value)) return
    if (key !== 'kind') params.value = { ...params.value, [key]: value }
    else {
      kind.value = value as TargetKind
      params.value = carriedOver(targetTables[kind.value].fields, params.value)
    }
  }

  return { kind, params, form, setField }
})
