import { encodingTables } from '../../src-shared/encodingTables.ts'
import {
  machineFields,
  optimizerTables,
  subsetFields,
  timeStepsField,
  trainingFields,
} from '../../src-shared/experimentFields.ts'
import { lossField, lossTables } from '../../src-shared/lossTables.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import type { ExperimentProblem } from '../../src-shared/experimentSchema.ts'
import type { ChoiceField, Field, FieldValue, FieldValues } from '../../src-shared/fields.ts'
import { findLayer } from '../../src-shared/model/layers/index.ts'
import { baseValueAt, valueAt } from './draft.ts'

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

const encodingField: ChoiceField = {
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
  const { encoding, loss, optimizer } = experiment
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
