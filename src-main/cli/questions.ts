import { englishPhrase } from '../../src-shared/errors/index.ts'
import type { FieldValue } from '../../src-shared/fields.ts'
import type { ImportedNetwork } from '../checkpoints/networks/importedNetwork.ts'
import type { Option } from './command.ts'

export const answersOption: Option = {
  name: 'answers',
  placeholder: 'answers.json',
  help: 'A JSON object with answers to what the file leaves open, by the ids that inspect lists.',
  otherwise: 'what is usual for the framework',
}

/** A value of a field in a few words. */
export function valueText(value: FieldValue): string {
  if (typeof value !== 'object') return String(value)
  const { name, ...parameters } = value
  const numbers = Object.entries(parameters).map(([key, number]) => `${key} ${number}`)
  return numbers.length > 0 ? `${name} (${numbers.join(', ')})` : name
}

/** What was taken because the file does not say it, and notes, a line each. */
export function assumptionLines({ questions, notes }: ImportedNetwork): string[] {
  const open = questions
    .filter(({ answered, matters }) => !answered && matters === 'always')
    .map(({ id, answer }) => `${id} ${valueText(answer)}`)
  return [
    ...notes.map((note) => englishPhrase(note)),
    ...(open.length > 0 ? [`Not in the file, taken as usual: ${open.join(', ')}.`] : []),
  ]
}
