import type { ChoiceField, Field } from '../../src-shared/fields.ts'
import { i18n } from './index.ts'

/** The texts of one parameter in another language than English. */
export interface FieldTexts {
  label: string
  help: string
  options?: Record<string, { label: string; help?: string }>
}

/**
 * Texts of the parameter tables by language, table and key. A table is a layer kind, `encoding.<kind>`,
 * `optimizer.<kind>`, `surrogate.<name>` or `experiment`. English is what the tables themselves say.
 */
const tables: Record<string, Record<string, Record<string, FieldTexts>>> = {}

function texts(table: string | undefined, key: string): FieldTexts | undefined {
  return table === undefined ? undefined : tables[i18n.global.locale.value]?.[table]?.[key]
}

export function fieldLabel(field: Field, table?: string): string {
  return texts(table, field.key)?.label ?? field.label
}

export function fieldHelp(field: Field, table?: string): string {
  return texts(table, field.key)?.help ?? field.help
}

/** The options of a choice with their words. */
export function choiceOptions(
  field: ChoiceField,
  table?: string,
): { value: string; label: string; help?: string }[] {
  const translated = texts(table, field.key)?.options
  return field.options.map((option) => ({ ...option, ...translated?.[option.value] }))
}
