import type { EncodingChange } from '../../../../src-shared/contract.ts'
import { encodingTables, type EncodingKind } from '../../../../src-shared/encodingTables.ts'
import { timeStepsField } from '../../../../src-shared/experimentFields.ts'
import type { Field } from '../../../../src-shared/fields.ts'
import { i18n } from '../../../i18n/index.ts'
import { formatCount, formatNumber } from '../../../i18n/numbers.ts'
import { choiceOptions, fieldLabel } from '../../../i18n/tables.ts'
import { inWords } from '../../../i18n/terms.ts'

function valueText(field: Field, value: number | string | boolean): string {
  const { t } = i18n.global
  const name = fieldLabel(field)
  if (typeof value === 'boolean') return t(value ? 'lab.change.on' : 'lab.change.off', { name })
  const shown =
    field.type === 'choice'
      ? (choiceOptions(field).find((option) => option.value === value)?.label ?? String(value))
      : formatNumber(Number(value))
  return t('lab.change.to', { name, value: shown })
}

/** What a change does in words, for its button: `Linear on, T = 256`. Reactive to the language. */
export function changeText(change: EncodingChange, kind: EncodingKind): string {
  const { label, fields } = encodingTables[change.kind ?? kind]
  const parts = change.kind ? [inWords(label)] : []
  for (const [key, value] of Object.entries(change.params ?? {})) {
    const field: Field | undefined = (fields as readonly Field[]).find((each) => each.key === key)
    if (field) parts.push(valueText(field, value))
  }
  if (change.timeSteps !== undefined) {
    parts.push(`${timeStepsField.symbol ?? ''} = ${formatCount(change.timeSteps)}`)
  }
  return parts.join(', ')
}
