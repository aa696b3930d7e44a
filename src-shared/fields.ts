import { englishPhrase, type ErrorData, type Phrase } from './errors/index.ts'

/**
 * Parameter tables. A table is written once and feeds the form, the validator, the command line and the
 * documentation. A field's `label` and `help` are English; the page looks up a translation under
 * `fields.<key>` and falls back on them.
 */

interface FieldBase {
  /** Name of the value in a document, unique in its table. */
  key: string
  label: string
  /** Symbol of the literature, shown beside the label: β, θ, τ, T. */
  symbol?: string
  help: string
  /** Heading under which a form puts the field. */
  group?: string
  /** True where documents from before the field leave it out; nothing, false or zero is then meant. */
  optional?: true
}

export interface NumberField extends FieldBase {
  type: 'number' | 'integer'
  unit?: string
  min: number
  max: number
  /** True where `min` itself is not allowed. */
  minExclusive?: boolean
  /** Step of the arrow keys in a form. */
  step: number
  /** What a slider covers of the range; evenly in the exponent where that is three powers of ten or more. */
  slider?: readonly [from: number, to: number]
  default: number
}

export interface ChoiceField extends FieldBase {
  type: 'choice'
  options: readonly { value: string; label: string; help?: string }[]
  default: string
}

export interface BooleanField extends FieldBase {
  type: 'boolean'
  default: boolean
}

/** Several numbers, kept as the text that was typed: `30, 60.5`; empty where there are none. */
export interface NumbersField extends FieldBase {
  type: 'numbers'
  min: number
  max: number
  /** How many there may be. */
  most: number
  default: string
}

/** A surrogate gradient with its own parameters, see `model/surrogates.ts`. */
export interface SurrogateField extends FieldBase {
  type: 'surrogate'
  /** Names of the surrogates offered, in order. */
  options: readonly string[]
  default: SurrogateValue
}

export type Field = NumberField | NumbersField | ChoiceField | BooleanField | SurrogateField

/** Name of a surrogate and the numbers it takes, e.g. `{ name: 'fast_sigmoid', slope: 25 }`. */
export interface SurrogateValue {
  name: string
  [parameter: string]: number | string
}

export type FieldValue = number | string | boolean | SurrogateValue
export type FieldValues = Record<string, FieldValue>

/** What is wrong with one value; `code` and `data` are turned into words at the edge. */
export interface FieldProblem {
  key: string
  code:
    | 'field.unknown'
    | 'field.missing'
    | 'field.notNumber'
    | 'field.notInteger'
    | 'field.range'
    | 'field.choice'
    | 'field.notBoolean'
    | 'field.notNumbers'
    | 'encoding.overlap'
  data: ErrorData
}

/** The values of a table as they stand before anybody changed one. */
export function defaultValues(fields: readonly Field[]): FieldValues {
  return Object.fromEntries(
    fields.map((field) => [
      field.key,
      typeof field.default === 'object' ? { ...field.default } : field.default,
    ]),
  )
}

/** `min` and `max` of a field, as the form and the error sentence show them. */
export function rangePhrase({ min, max, minExclusive }: NumberField): Phrase {
  return { phrase: minExclusive ? 'range.above' : 'range.from', min, max }
}

/** `min` and `max` of a field in English. */
export function rangeText(field: NumberField): string {
  return englishPhrase(rangePhrase(field))
}

/** A value as a sentence shows it. Documents come from outside, so it may be anything of any length. */
function shownValue(value: unknown): string | Phrase {
  if (Array.isArray(value)) return { phrase: 'value.list' }
  if (typeof value === 'object' && value !== null) return { phrase: 'value.object' }
  const text = String(value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

function checkNumber(field: NumberField, value: unknown): FieldProblem | null {
  const data = { field: field.label, found: shownValue(value), range: rangePhrase(field) }
  if (typeof value !== 'number' || Number.isNaN(value))
    return { key: field.key, code: 'field.notNumber', data }
  if (field.type === 'integer' && !Number.isInteger(value))
    return { key: field.key, code: 'field.notInteger', data }
  const tooLow = field.minExclusive ? value <= field.min : value < field.min
  return tooLow || value > field.max ? { key: field.key, code: 'field.range', data } : null
}

/** Checks one value against its field; null when it may stand. Surrogates are checked by their own table. */
export function checkField(field: Field, value: unknown): FieldProblem | null {
  switch (field.type) {
    case 'number':
    case 'integer':
      return checkNumber(field, value)
    case 'numbers': {
      const numbers = typeof value === 'string' ? parseNumbers(value) : null
      const fits = (number: number) => number >= field.min && number <= field.max
      if (numbers && numbers.length <= field.most && numbers.every(fits)) return null
      const { min, max, most } = field
      const data = { field: field.label, found: shownValue(value), min, max, most }
      return { key: field.key, code: 'field.notNumbers', data }
    }
    case 'choice': {
      const wanted = field.options.map((option) => option.value)
      if (typeof value === 'string' && wanted.includes(value)) return null
      return {
        key: field.key,
        code: 'field.choice',
        data: { field: field.label, found: shownValue(value), wanted: wanted.join(', ') },
      }
    }
    case 'boolean':
      if (typeof value === 'boolean') return null
      return {
        key: field.key,
        code: 'field.notBoolean',
        data: { field: field.label, found: shownValue(value) },
      }
    case 'surrogate': {
      const name = typeof value === 'object' && value !== null ? (value as SurrogateValue).name : undefined
      if (typeof name === 'string' && field.options.includes(name)) return null
      return {
        key: field.key,
        code: 'field.choice',
        data: { field: field.label, found: shownValue(name), wanted: field.options.join(', ') },
      }
    }
  }
}

/** Checks a whole table: unknown keys, missing keys, and every value. */
export function checkFields(fields: readonly Field[], values: Record<string, unknown>): FieldProblem[] {
  const problems: FieldProblem[] = []
  for (const key of Object.keys(values)) {
    if (!fields.some((field) => field.key === key)) {
      problems.push({
        key,
        code: 'field.unknown',
        data: { field: key, wanted: fields.map((f) => f.key).join(', ') },
      })
    }
  }
  for (const field of fields) {
    if (field.optional && !(field.key in values)) continue
    const problem =
      field.key in values
        ? checkField(field, values[field.key])
        : { key: field.key, code: 'field.missing' as const, data: { field: field.label } }
    if (problem) problems.push(problem)
  }
  return problems
}

/**
 * Reads what somebody typed into a number field. The text is kept by the form whatever comes out of this;
 * nothing is clamped or rounded.
 */
export function parseNumber(text: string): number {
  const trimmed = text.trim()
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : Number.NaN
}

/** Reads numbers separated by commas or spaces; null where a part is no number. */
export function parseNumbers(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  const numbers = parts.map(parseNumber)
  return numbers.some(Number.isNaN) ? null : numbers
}
