import { encodingTables } from '../../src-shared/encodingTables.ts'
import {
  machineFields,
  optimizerTables,
  stepFields,
  subsetFields,
  timeStepsField,
  trainingFields,
} from '../../src-shared/experimentFields.ts'
import { lossField, lossTables } from '../../src-shared/lossTables.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import type { ExperimentProblem } from '../../src-shared/experimentSchema.ts'
import type { ChoiceField, Field, FieldValue, FieldValues } from '../../src-shared/fields.ts'
import { findLayer } from '../../src-shared/model/layers/index.ts'
import { regulariserTables } from '../../src-shared/regulariserTables.ts'
import { clippingTables, scheduleTables } from '../../src-shared/scheduleTables.ts'
import { baseValueAt, valueAt } from './draft.ts'
import { allLayers, noRegulariser } from './settingsParts.ts'

/** A group of parameters of the experiment, ready for a FieldList. */
export interface Section {
  id: string
  /** Key of the heading under `fields.sections`, or the name of a layer. */
  title: string
  layer: boolean
  fields: readonly Field[]
  values: FieldValues
  /** What the values are compared with, for the mark of a change and for reset. */
  defaults: FieldValues
  problems: ExperimentProblem[]
  /** Path of a field in the document. */
  paths: Record<string, string>
}

export const encodingField: ChoiceField = {
  type: 'choice',
  key: 'kind',
  label: 'Input coding',
  default: 'constant',
  options: Object.entries(encodingTables).map(([value, { label, help }]) => ({ value, label, help })),
  help: 'How an image becomes input over the time steps.',
}

const optimizerField: ChoiceField = {
  type: 'choice',
  key: 'kind',
  label: 'Optimizer',
  default: 'adam',
  options: Object.entries(optimizerTables).map(([value, { label }]) => ({ value, label })),
  help: 'How the gradient changes the weights.',
}

const scheduleField: ChoiceField = {
  type: 'choice',
  key: 'kind',
  label: 'Schedule',
  default: 'constant',
  options: Object.entries(scheduleTables).map(([value, { label, help }]) => ({ value, label, help })),
  help: 'How the learning rate changes over the run.',
}

const clippingField: ChoiceField = {
  type: 'choice',
  key: 'kind',
  label: 'Clipping',
  default: 'none',
  options: Object.entries(clippingTables).map(([value, { label, help }]) => ({ value, label, help })),
  help: 'What is done to gradients that are too large.',
}

const regulariserField: ChoiceField = {
  type: 'choice',
  key: 'kind',
  label: 'Regulariser',
  default: noRegulariser,
  options: [
    { value: noRegulariser, label: 'none' },
    ...Object.entries(regulariserTables).map(([value, { label, help }]) => ({ value, label, help })),
  ],
  help: 'What is added to the loss.',
}

/** For which layers a regulariser is: all, one of them, or those that a document names. */
function layersField(neurons: readonly string[], chosen: readonly string[]): ChoiceField {
  const several = chosen.length > 1 ? [{ value: chosen.join(','), label: chosen.join(', ') }] : []
  return {
    type: 'choice',
    key: 'layers',
    label: 'For layers',
    default: allLayers,
    options: [
      { value: allLayers, label: 'all neurons' },
      ...neurons.map((id) => ({ value: id, label: id })),
      ...several,
    ],
    help: 'The neurons whose spikes it looks at.',
  }
}

/** As many as a document may have. */
const mostRegularisers = 16

function regulariserSources({ regularisers, model }: ExperimentDocument): Source[] {
  const neurons = model.layers.filter(({ kind }) => findLayer(kind)?.family === 'neuron').map(({ id }) => id)
  const count = Math.min(mostRegularisers, regularisers.length + 1)
  return Array.from({ length: count }, (_, i) => {
    const path = (key: string) => `regularisers.${i}.${key}`
    const found = regularisers.at(i)
    const fields: [Field, string][] = [[regulariserField, path('kind')]]
    if (found) {
      for (const field of regulariserTables[found.kind].fields) fields.push([field, path(field.key)])
      fields.push([layersField(neurons, found.layers), path('layers')])
    }
    return { id: `regularisers.${i}`, title: i === 0 ? 'regularisers' : '', fields }
  })
}

interface Source {
  id: string
  title: string
  layer?: boolean
  /** Fields with the path of each. */
  fields: [Field, string][]
}

function sources(experiment: ExperimentDocument): Source[] {
  const under = (prefix: string, fields: readonly Field[]): [Field, string][] =>
    fields.map((field) => [field, prefix ? `${prefix}.${field.key}` : field.key])
  const neurons = experiment.model.layers.flatMap((node): Source[] => {
    const definition = findLayer(node.kind)
    if (definition?.family !== 'neuron') return []
    return [
      {
        id: `model.${node.id}`,
        title: node.id,
        layer: true,
        fields: under(`model.${node.id}`, definition.fields),
      },
    ]
  })
  const { encoding, loss, optimizer, schedule, clipping } = experiment
  return [
    {
      id: 'coding',
      title: 'coding',
      fields: [
        [timeStepsField, 'timeSteps'],
        [encodingField, 'encoding.kind'],
        ...under('encoding', encodingTables[encoding.kind].fields),
      ],
    },
    ...neurons,
    {
      id: 'loss',
      title: 'loss',
      fields: [[lossField, 'loss.kind'], ...under('loss', lossTables[loss.kind].fields)],
    },
    {
      id: 'learning',
      title: 'learning',
      fields: [
        [optimizerField, 'optimizer.kind'],
        ...under('optimizer', optimizerTables[optimizer.kind].fields),
      ],
    },
    {
      id: 'schedule',
      title: 'schedule',
      fields: [[scheduleField, 'schedule.kind'], ...under('schedule', scheduleTables[schedule.kind].fields)],
    },
    {
      id: 'gradients',
      title: 'gradients',
      fields: [
        [clippingField, 'clipping.kind'],
        ...under('clipping', clippingTables[clipping.kind].fields),
        ...under('', stepFields),
      ],
    },
    ...regulariserSources(experiment),
    { id: 'training', title: 'training', fields: under('', trainingFields) },
    { id: 'samples', title: 'samples', fields: under('dataset', subsetFields) },
    { id: 'machine', title: 'machine', fields: under('', machineFields) },
  ]
}

/** Every parameter outside the layer list, and those of the neurons, in the order of a form. */
export function experimentSections(
  experiment: ExperimentDocument,
  base: ExperimentDocument,
  problems: readonly ExperimentProblem[],
): Section[] {
  return sources(experiment).map(({ id, title, layer = false, fields }) => {
    const read = (at: (path: string) => FieldValue | undefined): FieldValues =>
      Object.fromEntries(fields.map(([field, path]) => [field.key, at(path) ?? field.default]))
    const paths = Object.fromEntries(fields.map(([field, path]) => [field.key, path]))
    return {
      id,
      title,
      layer,
      fields: fields.map(([field]) => field),
      values: read((path) => valueAt(experiment, path)),
      defaults: read((path) => baseValueAt(base, experiment, path)),
      problems: problems.filter((problem) => Object.values(paths).includes(problem.path)),
      paths,
    }
  })
}
