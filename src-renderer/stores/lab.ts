import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, watch } from 'vue'
import type { EncodingChange } from '../../src-shared/encodingContract.ts'
import { encodingTables, type EncodingKind } from '../../src-shared/encodingTables.ts'
import type { EncodingSettings } from '../../src-shared/experiment.ts'
import { timeStepsField } from '../../src-shared/experimentFields.ts'
import {
  checkField,
  checkFields,
  defaultValues,
  type Field,
  type FieldProblem,
  type FieldValue,
  type FieldValues,
} from '../../src-shared/fields.ts'
import { sameValue } from './draft.ts'
import { useExperimentStore } from './experiment.ts'
import { useDatasetsStore } from './datasets.ts'
import { useSampleStore } from './sample.ts'
import { encodingField } from './sections.ts'
import { encodingOfKind } from './settingsParts.ts'

export type SideId = 'a' | 'b'
/** One encoding, two of them, or one and what the outputs should do. */
export type LabMode = 'one' | 'two' | 'targets'

/** An encoding that is being tried. T stands as it was typed. */
export interface Coding {
  encoding: EncodingSettings
  timeSteps: FieldValue
}

/** A form of a coding, ready for a FieldList: `kind`, `timeSteps` and the parameters of the kind. */
export interface CodingForm {
  fields: readonly Field[]
  values: FieldValues
  defaults: FieldValues
  problems: (FieldProblem & { field: string })[]
}

/** What the second side begins with, so that there is something to compare. */
const counterparts: Partial<Record<EncodingKind, EncodingKind>> = { latency: 'rate', frames: 'timeSurface' }

/** Longer is trained on, but not shown. */
export const longestShown = 1000

/** Whether two codings give the same input. */
export function sameCoding(a: Coding, b: Coding): boolean {
  if (a.encoding.kind !== b.encoding.kind || a.timeSteps !== b.timeSteps) return false
  const keys = new Set([...Object.keys(a.encoding.params), ...Object.keys(b.encoding.params)])
  return [...keys].every((key) => sameValue(a.encoding.params[key], b.encoding.params[key]))
}

/** The coding with a change made. */
export function withChange({ encoding, timeSteps }: Coding, change: EncodingChange): Coding {
  const base = change.kind
    ? { kind: change.kind, params: defaultValues(encodingTables[change.kind].fields) }
    : encoding
  const params = { ...base.params, ...change.params }
  return { encoding: { ...base, params }, timeSteps: change.timeSteps ?? timeSteps }
}

/**
 * The encoding lab: two codings of the sample that the Data screen looks at. A side that nobody has changed is as the
 * experiment has it.
 */
export const useLabStore = defineStore('lab', () => {
  const experiment = useExperimentStore()
  const datasets = useDatasetsStore()
  const sample = useSampleStore()
  const own = shallowReactive<Record<SideId, Coding | null>>({ a: null, b: null })
  const mode = ref<LabMode>('one')
  const comparing = computed(() => mode.value === 'two')
  const step = ref(0)
  /** The chosen pixel; null is one in the middle. */
  const pixel = ref<number | null>(null)
  /** The map of the input that it is looked at in, where there are several. */
  const channel = ref(0)
  const stepsPerSecond = ref(10)

  watch(
    () => sample.id,
    () => ((pixel.value = null), (channel.value = 0)),
  )
  const reads = computed(() => datasets.cardOf(sample.id)?.kind ?? 'images')
  const drafted = computed((): Coding => {
    const { encoding, timeSteps } = experiment.document
    return { encoding, timeSteps }
  })

  /** A coding that reads the samples on show; the kind's first one where the given one reads others. */
  function fitting(coding: Coding): Coding {
    if (encodingTables[coding.encoding.kind].reads === reads.value) return coding
    const kind: EncodingKind = reads.value === 'events' ? 'frames' : 'rate'
    return { ...coding, encoding: encodingOfKind(kind, {}) }
  }

  const sides = computed((): Record<SideId, Coding> => ({
    a: fitting(own.a ?? drafted.value),
    b: fitting(own.b ?? drafted.value),
  }))

  function formOf(side: SideId): CodingForm {
    const { encoding, timeSteps } = sides.value[side]
    const { fields } = encodingTables[encoding.kind]
    const kinds: Field = {
      ...encodingField,
      options: encodingField.options.filter(
        ({ value }) => encodingTables[value as EncodingKind].reads === reads.value,
      ),
    }
    const steps = checkField(timeStepsField, timeSteps)
    const found = [...(steps ? [steps] : []), ...checkFields(fields, encoding.params)]
    return {
      fields: [kinds, timeStepsField, ...fields],
      values: { ...encoding.params, kind: encoding.kind, timeSteps },
      defaults: { ...defaultValues(fields), kind: encoding.kind, timeSteps },
      problems: found.map((problem) => ({ ...problem, field: problem.key })),
    }
  }

  function setField(side: SideId, key: string, value: FieldValue): void {
    if (sameValue(formOf(side).values[key], value)) return
    const { encoding, timeSteps } = sides.value[side]
    if (key === 'timeSteps') own[side] = { encoding, timeSteps: value }
    else if (key === 'kind') {
      own[side] = { encoding: encodingOfKind(value as EncodingKind, encoding.params), timeSteps }
    } else own[side] = { encoding: { ...encoding, params: { ...encoding.params, [key]: value } }, timeSteps }
  }

  function change(side: SideId, what: EncodingChange): void {
    own[side] = withChange(sides.value[side], what)
  }

  function copy(from: SideId): void {
    own[from === 'a' ? 'b' : 'a'] = sides.value[from]
  }

  function swap(): void {
    const { a, b } = sides.value
    own.a = b
    own.b = a
  }

  function show(next: LabMode): void {
    mode.value = next
    if (next !== 'two' || own.b) return
    const { encoding, timeSteps } = sides.value.a
    const other = counterparts[encoding.kind] ?? (reads.value === 'events' ? 'frames' : 'latency')
    own.b = { encoding: encodingOfKind(other, {}), timeSteps }
  }

  const isDrafted = (side: SideId): boolean => sameCoding(sides.value[side], drafted.value)

  /** Puts a side into the experiment. */
  function use(side: SideId): void {
    const { encoding, timeSteps } = sides.value[side]
    experiment.setCoding(encoding, Number(timeSteps))
    if (side === 'a') own.a = null
  }

  /** Takes a side back to what the experiment has. */
  function reset(side: SideId): void {
    own[side] = null
  }

  return {
    sides,
    mode,
    comparing,
    step,
    pixel,
    channel,
    stepsPerSecond,
    formOf,
    setField,
    change,
    copy,
    swap,
    show,
    isDrafted,
    use,
    reset,
  }
})
