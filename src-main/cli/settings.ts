import { SpikedeskError } from '../../src-shared/errors/index.ts'
import {
  defaultValues,
  parseNumber,
  type Field,
  type FieldValue,
  type FieldValues,
} from '../../src-shared/fields.ts'

/** What was typed stays as it is where it is no value, for the refusal to show. */
function valueOf(field: Field | undefined, text: string): FieldValue {
  if (field?.type === 'number' || field?.type === 'integer') {
    const number = parseNumber(text)
    return Number.isNaN(number) ? text : number
  }
  if (field?.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return text
}

/**
 * Reads `kind,parameter=value,...` by a table of kinds; parameters left out have their defaults. Whether values fit
 * is checked with the experiment. Throws `usage.badChoice` for an unknown kind, `usage.badSetting` for a part that
 * is no parameter with a value.
 */
export function readSettings<Kind extends string>(
  option: string,
  text: string,
  table: Readonly<Record<Kind, { fields: readonly Field[] }>>,
): { kind: Kind; params: FieldValues } {
  const [found, ...parts] = text.split(',')
  const kinds = Object.keys(table) as Kind[]
  const kind = kinds.find((candidate) => candidate === found.trim())
  if (kind === undefined) {
    throw new SpikedeskError('usage.badChoice', { option, wanted: kinds.join(', '), found })
  }
  const { fields } = table[kind]
  const params = defaultValues(fields)
  for (const part of parts) {
    const equals = part.indexOf('=')
    const key = part.slice(0, Math.max(0, equals)).trim()
    const field = fields.find((candidate) => candidate.key === key)
    if (!field) {
      const known = fields.map((candidate) => candidate.key).join(', ') || '-'
      throw new SpikedeskError('usage.badSetting', { option, found: part, kind, known })
    }
    params[key] = valueOf(field, part.slice(equals + 1).trim())
  }
  return { kind, params }
}
