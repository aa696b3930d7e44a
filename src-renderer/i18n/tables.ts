import { bundledTexts, isBundledId } from '../../src-shared/bundledTexts.ts'
import type { DatasetCard, RunSummary } from '../../src-shared/contract.ts'
import type { ChoiceField, Field } from '../../src-shared/fields.ts'
import type { Preset } from '../../src-shared/model/presets.ts'
import { findSurrogate } from '../../src-shared/model/surrogates.ts'
import { inWords } from './terms.ts'

/** The texts of the shared room's tables in the language on screen. All of them are reactive to it. */

export function fieldLabel(field: Field): string {
  return inWords(field.label)
}

export function fieldHelp(field: Field): string {
  return inWords(field.help)
}

/** The options of a choice with their words. */
export function choiceOptions({ options }: ChoiceField): { value: string; label: string; help?: string }[] {
  return options.map(({ value, label, help }) =>
    help === undefined
      ? { value, label: inWords(label) }
      : { value, label: inWords(label), help: inWords(help) },
  )
}

/** The label of a surrogate; its name where there is none of that name. */
export function surrogateLabel(name: string): string {
  return inWords(findSurrogate(name)?.label ?? name)
}

export function presetTexts({ title, summary }: Preset): { title: string; summary: string } {
  return { title: inWords(title), summary: inWords(summary) }
}

/** A card whose words are those of this program: of bundled sets their name and origin, and formats that it names. */
export function cardInWords(card: DatasetCard): DatasetCard {
  const format = inWords(card.format)
  if (!isBundledId(card.id)) return { ...card, format }
  const { name, origin } = bundledTexts[card.id]
  return { ...card, format, name: inWords(name), origin: inWords(origin) }
}

/** The name of the dataset of a run: as it was called, or that of a bundled one. */
export function runDatasetName({
  dataset,
  datasetName,
}: Pick<RunSummary, 'dataset' | 'datasetName'>): string {
  return isBundledId(dataset) ? inWords(bundledTexts[dataset].name) : datasetName
}
