import { afterEach, describe, expect, it } from 'vitest'
import { idxFormat } from '../../../src-main/datasets/idxFormat.ts'
import { simulatedFormat } from '../../../src-main/datasets/camera/cameraSource.ts'
import { bundledTexts } from '../../../src-shared/bundledTexts.ts'
import { cameraFields } from '../../../src-shared/cameraFields.ts'
import { encodingTables } from '../../../src-shared/encodingTables.ts'
import { targetField, targetTables } from '../../../src-shared/targetTables.ts'
import { transformTables } from '../../../src-shared/transformTables.ts'
import {
  machineFields,
  memoryField,
  optimizerTables,
  stepFields,
  stepMemoryField,
  subsetFields,
  timeStepsField,
  trainingFields,
} from '../../../src-shared/experimentFields.ts'
import type { Field } from '../../../src-shared/fields.ts'
import { importFields } from '../../../src-shared/importFields.ts'
import { lossField, lossTables } from '../../../src-shared/lossTables.ts'
import { layerDefinitions } from '../../../src-shared/model/layers/index.ts'
import { findPreset, presets } from '../../../src-shared/model/presets.ts'
import { questionFields } from '../../../src-shared/questionFields.ts'
import { regulariserTables } from '../../../src-shared/regulariserTables.ts'
import { clippingTables, scheduleTables } from '../../../src-shared/scheduleTables.ts'
import { surrogates } from '../../../src-shared/model/surrogates.ts'
import { setLanguage } from '../../../src-renderer/i18n/index.ts'
import { choiceOptions, fieldHelp, fieldLabel, presetTexts } from '../../../src-renderer/i18n/tables.ts'
import { inWords, termTables } from '../../../src-renderer/i18n/terms.ts'
import { experimentSections } from '../../../src-renderer/stores/sections.ts'

const { experiment } = findPreset('fc-leaky-100')!
const regularised = {
  ...experiment,
  regularisers: [{ kind: 'l1_rate' as const, params: { strength: 1e-5 }, layers: [] }],
}
/** Layers keep their names. */
const names = regularised.model.layers.map(({ id }) => id)
const fields: Field[] = [
  timeStepsField,
  lossField,
  targetField,
  ...trainingFields,
  ...subsetFields,
  ...machineFields,
  memoryField,
  stepMemoryField,
  ...stepFields,
  ...importFields,
  ...questionFields,
  ...cameraFields,
  ...Object.values(encodingTables).flatMap((table): readonly Field[] => table.fields),
  ...Object.values(transformTables).flatMap((table): readonly Field[] => table.fields),
  ...Object.values(targetTables).flatMap((table): readonly Field[] => table.fields),
  ...Object.values(optimizerTables).flatMap((table): readonly Field[] => table.fields),
  ...Object.values(lossTables).flatMap((table): readonly Field[] => table.fields),
  ...[scheduleTables, clippingTables, regulariserTables]
    .flatMap((tables) => Object.values<{ fields: readonly Field[] }>(tables))
    .flatMap((table) => table.fields),
  ...layerDefinitions.flatMap((layer) => layer.fields),
  ...surrogates.flatMap((surrogate): readonly Field[] => surrogate.fields),
  // The choices of an encoding and of an optimizer, which the page itself makes.
  ...experimentSections(regularised, regularised, []).flatMap((section) =>
    section.fields.filter(({ key }) => key === 'kind' || key === 'layers'),
  ),
]

const ofField = (field: Field): string[] => [
  field.label,
  field.help,
  ...('unit' in field && field.unit ? [field.unit] : []),
  ...(field.type === 'choice'
    ? field.options.flatMap(({ label, help }) => (help === undefined ? [label] : [label, help]))
    : []),
]

/** Every English text that the page takes from the tables of the shared room. */
const english = new Set([
  ...fields.flatMap(ofField).filter((text) => !names.includes(text)),
  ...layerDefinitions.map(({ help }) => help),
  ...Object.values(transformTables).flatMap(({ label, help }) => [label, help]),
  ...Object.values(targetTables).flatMap(({ label, help }) => [label, help]),
  ...surrogates.filter(({ name, label }) => name !== label).map(({ label }) => label),
  ...presets.flatMap(({ title, summary }) => [title, summary]),
  ...Object.values(bundledTexts).flatMap(({ name, origin }) => [name, origin]),
  // Of other formats the names stay.
  ...[idxFormat.label, simulatedFormat],
])

/** Texts of more than a word or two; shorter ones may be names that stay. */
const sentences = [...english].filter((text) => text.endsWith('.'))

afterEach(() => setLanguage('en'))

describe.each(['ko', 'zh'] as const)('in %s', (language) => {
  it('every text of the tables is there, and none is left over', () => {
    const terms = Object.keys(termTables[language] ?? {})
    expect([...english].filter((text) => !terms.includes(text))).toEqual([])
    expect(terms.filter((text) => !english.has(text))).toEqual([])
  })

  it('helps are sentences of the language', () => {
    setLanguage(language)
    const script = language === 'ko' ? /\p{Script=Hangul}.*\.$/u : /\p{Script=Han}.*。$/u
    expect(sentences.length).toBeGreaterThan(60)
    for (const text of sentences) expect(inWords(text)).toMatch(script)
  })

  it('different options of a choice have different labels', () => {
    setLanguage(language)
    for (const field of fields) {
      if (field.type !== 'choice') continue
      const labels = choiceOptions(field).map(({ label }) => label)
      expect(new Set(labels).size, field.key).toBe(labels.length)
    }
  })

  it('different parameters of one form have different labels', () => {
    setLanguage(language)
    for (const layer of layerDefinitions) {
      const labels = layer.fields.map(fieldLabel)
      expect(new Set(labels).size, layer.kind).toBe(labels.length)
    }
  })
})

it('the tables speak for themselves in English, and names stay in every language', () => {
  expect(fields.map(fieldLabel)).toEqual(fields.map(({ label }) => label))
  expect(fields.map(fieldHelp)).toEqual(fields.map(({ help }) => help))
  expect(choiceOptions(lossField)).toEqual(lossField.options)
  expect(presetTexts(presets[0])).toEqual({ title: presets[0].title, summary: presets[0].summary })
  setLanguage('ko')
  expect(inWords('Izhikevich')).toBe('Izhikevich')
  expect(fieldLabel(timeStepsField)).toBe('시간 스텝')
})
