import { z } from 'zod'
import { encodingTables } from './encodingTables.ts'
import {
  machineFields,
  optimizerTables,
  stepFields,
  subsetFields,
  timeStepsField,
  trainingFields,
} from './experimentFields.ts'
import { experimentVersion, type ExperimentDocument } from './experiment.ts'
import { lossTables } from './lossTables.ts'
import {
  checkField,
  checkFields,
  parseNumbers,
  type Field,
  type FieldProblem,
  type FieldValues,
} from './fields.ts'
import { elementCount } from './model/layerDefinition.ts'
import { regulariserTables, type RegulariserKind } from './regulariserTables.ts'
import { clippingTables, scheduleTables } from './scheduleTables.ts'
import { kindProblems, overlapProblem } from './sampleProblems.ts'
import { transformTables } from './transformTables.ts'
import { findLayer } from './model/layers/index.ts'
import { inferModel, type InferredModel, type LayerProblem } from './model/shapes.ts'

const surrogateValue = z.object({ name: z.string() }).catchall(z.union([z.number(), z.string()]))
const fieldValue = z.union([z.number(), z.string(), z.boolean(), surrogateValue])
/** Values of a parameter table, by key; the table says which of them are right. */
export const fieldValues = z.record(z.string(), fieldValue)

export const modelSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().max(200),
  input: z.strictObject({ shape: z.array(z.int().min(1).max(65536)).min(1).max(4) }),
  layers: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(100),
        kind: z.string().max(100),
        params: fieldValues,
        inputs: z.array(z.string()).max(16).optional(),
      }),
    )
    .max(1000),
})

/** A kind of a table and values for its fields. */
function settings<Kind extends string>(
  table: Record<Kind, unknown>,
): z.ZodType<{ kind: Kind; params: FieldValues }> {
  const kinds = Object.keys(table) as Kind[]
  return z.strictObject({ kind: z.enum(kinds), params: fieldValues })
}

/** The structure of an experiment; ranges and shapes are checked by `checkExperiment`. */
export const experimentSchema: z.ZodType<ExperimentDocument> = z.strictObject({
  version: z.literal(experimentVersion),
  name: z.string().max(200),
  dataset: z.strictObject({ id: z.string().max(4096), subset: z.number(), limit: z.number() }),
  transforms: z.array(settings(transformTables)).max(32),
  encoding: settings(encodingTables),
  timeSteps: z.number(),
  model: modelSchema,
  loss: settings(lossTables),
  regularisers: z
    .array(
      z.strictObject({
        kind: z.enum(Object.keys(regulariserTables) as RegulariserKind[]),
        params: fieldValues,
        layers: z.array(z.string().max(100)).max(1000),
      }),
    )
    .max(16),
  optimizer: settings(optimizerTables),
  schedule: settings(scheduleTables),
  clipping: settings(clippingTables),
  accumulation: z.number(),
  truncation: z.number(),
  epochs: z.number(),
  batchSize: z.number(),
  dropLast: z.boolean(),
  seed: z.number(),
  engine: z.enum(['native', 'reference']),
  threads: z.number(),
  recompute: z.enum(['never', 'automatic', 'always']),
})

/** A problem of an experiment and where it stands, e.g. `optimizer.learningRate`. */
export interface ExperimentProblem extends LayerProblem {
  path: string
}

function located(path: string, problems: readonly FieldProblem[]): ExperimentProblem[] {
  return problems.map(({ key, code, data }) => ({
    path: path ? `${path}.${key}` : key,
    code,
    data,
    field: key,
  }))
}

function checkTopLevel(experiment: ExperimentDocument): FieldProblem[] {
  const values: Record<string, unknown> = { ...experiment }
  const fields: readonly Field[] = [timeStepsField, ...trainingFields, ...stepFields, ...machineFields]
  return fields.map((field) => checkField(field, values[field.key])).filter((problem) => problem !== null)
}

/** Problems of a loss with the outputs that it reads. */
function checkOutputs({ loss }: ExperimentDocument, { outputShape }: InferredModel): ExperimentProblem[] {
  const outputs = outputShape && elementCount(outputShape)
  const population = Number(loss.params.classes ?? 0)
  if (!outputs || !(population >= 0)) return []
  const classes = population || outputs
  if (outputs % classes !== 0) {
    return [{ path: 'loss.classes', field: 'classes', code: 'loss.classes', data: { classes, outputs } }]
  }
  const weights = parseNumbers(String(loss.params.classWeights ?? ''))?.length ?? 0
  if (weights === 0 || weights === classes) return []
  const data = { found: weights, wanted: classes }
  return [{ path: 'loss.classWeights', field: 'classWeights', code: 'loss.weights', data }]
}

/** Layers that a regulariser names and that are no neurons of the model. */
function checkRegularised({ regularisers, model }: ExperimentDocument): ExperimentProblem[] {
  const neurons = model.layers.filter(({ kind }) => findLayer(kind)?.family === 'neuron').map(({ id }) => id)
  return regularisers.flatMap(({ layers }, i) =>
    layers
      .filter((layer) => !neurons.includes(layer))
      .map((found) => ({
        path: `regularisers.${i}.layers`,
        field: 'layers',
        code: 'regulariser.layer' as const,
        data: { found, known: neurons.join(', ') },
      })),
  )
}

/** torch has no Nesterov momentum that is dampened, or without momentum. */
function checkNesterov({ optimizer: { params } }: ExperimentDocument): ExperimentProblem[] {
  const { nesterov, momentum, dampening } = params
  if (nesterov !== true || (Number(momentum) > 0 && !(Number(dampening) > 0))) return []
  const data = { momentum: Number(momentum), dampening: Number(dampening ?? 0) }
  return [{ path: 'optimizer.nesterov', field: 'nesterov', code: 'optimizer.nesterov', data }]
}

/** Every problem of an experiment that is of the right structure; empty when it can be run. */
export function checkExperiment(experiment: ExperimentDocument): ExperimentProblem[] {
  const inferred = inferModel(experiment.model)
  const { transforms, regularisers, schedule, clipping } = experiment
  const { subset, limit } = experiment.dataset
  return [
    ...located('', checkTopLevel(experiment)),
    ...located('dataset', checkFields(subsetFields, { subset, limit })),
    ...located(
      'encoding',
      checkFields(encodingTables[experiment.encoding.kind].fields, experiment.encoding.params),
    ),
    ...located(
      'encoding',
      [overlapProblem(experiment)].filter((problem) => problem !== null),
    ),
    ...transforms.flatMap(({ kind, params }, i) =>
      located(`transforms.${i}`, checkFields(transformTables[kind].fields, params)),
    ),
    ...kindProblems(experiment),
    ...regularisers.flatMap(({ kind, params }, i) =>
      located(`regularisers.${i}`, checkFields(regulariserTables[kind].fields, params)),
    ),
    ...located('schedule', checkFields(scheduleTables[schedule.kind].fields, schedule.params)),
    ...located('clipping', checkFields(clippingTables[clipping.kind].fields, clipping.params)),
    ...located('loss', checkFields(lossTables[experiment.loss.kind].fields, experiment.loss.params)),
    ...checkOutputs(experiment, inferred),
    ...located(
      'optimizer',
      checkFields(optimizerTables[experiment.optimizer.kind].fields, experiment.optimizer.params),
    ),
    ...checkRegularised(experiment),
    ...checkNesterov(experiment),
    ...inferred.problems.map((problem) => ({ ...problem, path: 'model' })),
    ...inferred.layers.flatMap((layer) =>
      layer.problems.map((problem) => ({
        ...problem,
        path: `model.${layer.node.id}${problem.field ? `.${problem.field}` : ''}`,
      })),
    ),
  ]
}
