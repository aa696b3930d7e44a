import {
  machineFields,
  memoryField,
  stepFields,
  stepMemoryField,
  subsetFields,
  timeStepsField,
  trainingFields,
} from '../../src-shared/experimentFields.ts'
import { encodingTables } from '../../src-shared/encodingTables.ts'
import { optimizerTables } from '../../src-shared/experimentFields.ts'
import { rangeText, type ChoiceField, type Field, type NumberField } from '../../src-shared/fields.ts'
import { regulariserTables } from '../../src-shared/regulariserTables.ts'
import { clippingTables, scheduleTables } from '../../src-shared/scheduleTables.ts'
import { targetTables } from '../../src-shared/targetTables.ts'
import { transformTables } from '../../src-shared/transformTables.ts'
import type { Option } from './command.ts'

function tableField(table: readonly Field[], key: string): NumberField | ChoiceField {
  const field = table.find((candidate) => candidate.key === key)
  if (!field || field.type === 'boolean' || field.type === 'numbers' || field.type === 'surrogate')
    throw new Error(`no option field ${key}`)
  return field
}

/** An option that takes the values of a field of a parameter table. */
export function fieldOption(
  name: string,
  placeholder: string,
  field: NumberField | ChoiceField,
  otherwise?: string,
): Option {
  return { name, placeholder, field, help: field.help, otherwise }
}

/** What an option takes, in words: its range or its choices; empty where anything goes. */
export function optionRange({ field }: Option): string {
  if (!field) return ''
  if (field.type === 'choice') return field.options.map(({ value }) => value).join(' or ')
  return rangeText(field)
}

/** The options that change a value of an experiment; left out, its own value holds. */
export const experimentOptions = {
  limit: fieldOption('limit', 'N', tableField(subsetFields, 'limit')),
  subset: fieldOption('subset', 'N', tableField(subsetFields, 'subset')),
  epochs: fieldOption('epochs', 'N', tableField(trainingFields, 'epochs')),
  batch: fieldOption('batch', 'N', tableField(trainingFields, 'batchSize')),
  learningRate: fieldOption('lr', 'X', tableField(optimizerTables.adam.fields, 'learningRate')),
  accumulation: fieldOption('accumulation', 'N', tableField(stepFields, 'accumulation')),
  truncation: fieldOption('truncation', 'K', tableField(stepFields, 'truncation')),
  seed: fieldOption('seed', 'N', tableField(trainingFields, 'seed')),
  steps: fieldOption('steps', 'T', timeStepsField),
  engine: fieldOption('engine', 'E', machineFields[0]),
  threads: fieldOption('threads', 'N', machineFields[1]),
  recompute: fieldOption('recompute', 'WHEN', machineFields[2]),
  memory: fieldOption('memory', 'MiB', memoryField),
  stepMemory: fieldOption('step-memory', 'MiB', stepMemoryField),
} as const

/** For commands that write a file under a name that is given. */
export const overwriteOption: Option = {
  name: 'overwrite',
  help: 'Replace a file that is there already.',
}

/** The same option where another default holds. */
export function withDefault(option: Option, otherwise: string): Option {
  return { ...option, otherwise }
}

export const datasetOption: Option = {
  name: 'dataset',
  placeholder: 'id or path',
  help: 'Id of a known dataset, or the path of a folder or file with one.',
}

export const workspaceOption: Option = {
  name: 'workspace',
  placeholder: 'DIR',
  help: 'Folder that keeps datasets and runs.',
  otherwise: 'SPIKEDESK_WORKSPACE, or Spikedesk in the home folder',
}

export const jsonOption: Option = {
  name: 'json',
  help: 'Print one JSON object a line; the last has the type "result".',
}

/** How a choice with its parameters is written; see `settings.ts`. */
const kindPlaceholder = 'kind,parameter=value'

const kindsOf = (table: object): string => Object.keys(table).join(', ')

export const transformOption: Option = {
  name: 'transform',
  placeholder: kindPlaceholder,
  repeatable: true,
  help:
    'Change every sample before it is encoded; several are done in the order given. Values of several numbers are ' +
    `separated by spaces. Kinds: ${kindsOf(transformTables)}.`,
}

export const encodingOption: Option = {
  name: 'encoding',
  placeholder: kindPlaceholder,
  help: `How samples become input. Kinds: ${kindsOf(encodingTables)}.`,
}

/** Options that choose what lies between gradient and step, with the tables that they are read by. */
export const stepTables = {
  optimizer: optimizerTables,
  schedule: scheduleTables,
  clipping: clippingTables,
  regulariser: regulariserTables,
} as const

type Tables = Readonly<Record<string, { fields: readonly Field[] }>>

/** Every kind with the keys of its values. */
function kindsWithKeys(tables: Tables): string {
  return Object.entries(tables)
    .map(([kind, { fields }]) =>
      fields.length === 0 ? kind : `${kind} (${fields.map(({ key }) => key).join(', ')})`,
    )
    .join('; ')
}

/** An option that takes a kind of a table with its parameters. */
function kindOption(name: string, help: string, tables: Tables): Option {
  return { name, placeholder: kindPlaceholder, help: `${help} Kinds: ${kindsWithKeys(tables)}.` }
}

export const targetsOption = kindOption(
  'targets',
  'Also write what the outputs should do for the label.',
  targetTables,
)

function stepOption(name: keyof typeof stepTables, help: string): Option {
  return kindOption(name, help, stepTables[name])
}

export const stepOptions: readonly Option[] = [
  stepOption('optimizer', 'How the gradient changes the weights.'),
  stepOption('schedule', 'How the learning rate changes over the run.'),
  stepOption('clipping', 'What is done to gradients that are too large.'),
  {
    ...stepOption('regulariser', 'What is added to the loss, for every neuron layer; several are added up.'),
    repeatable: true,
  },
]
