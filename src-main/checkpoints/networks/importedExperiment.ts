import { encodingTables } from '../../../src-shared/encodingTables.ts'
import { experimentVersion, type ExperimentDocument } from '../../../src-shared/experiment.ts'
import {
  optimizerTables,
  plainTraining,
  timeStepsField,
  trainingFields,
} from '../../../src-shared/experimentFields.ts'
import { checkField, defaultValues, type FieldValues } from '../../../src-shared/fields.ts'
import { defaultLoss, lossField, type LossKind } from '../../../src-shared/lossTables.ts'
import type { ModelDocument } from '../../../src-shared/model/document.ts'
import { encodingQuestion } from '../../../src-shared/questionFields.ts'
import type { FileNode } from '../files/openedFile.ts'
import type { Interview } from './interview.ts'
import { foundNumber, type TrainingEvidence } from './trainingEvidence.ts'

/** What the framework's examples take where the file is silent. */
export interface UsualTraining {
  timeSteps: number
  encoding: 'constant' | 'poisson'
  loss: LossKind
}

const timeNames = [
  'num_steps',
  'timesteps',
  'time_steps',
  'n_steps',
  'nb_steps',
  'num_timesteps',
  'time_window',
  'steps',
  't',
]

function timeSteps(interview: Interview, evidence: TrainingEvidence, usual: UsualTraining): number {
  const found = foundNumber(evidence, ...timeNames)
  if (found && !checkField(timeStepsField, found.value)) {
    return Number(interview.know('timeSteps', timeStepsField, found.value, found.source))
  }
  return Number(interview.ask({ id: 'timeSteps', field: { ...timeStepsField, default: usual.timeSteps } }))
}

function encoding(interview: Interview, usual: UsualTraining): ExperimentDocument['encoding'] {
  const kind = interview.ask({ id: 'encoding', field: { ...encodingQuestion, default: usual.encoding } })
  const known = kind as ExperimentDocument['encoding']['kind']
  return { kind: known, params: defaultValues(encodingTables[known].fields) }
}

function groupNumber(group: ReadonlyMap<string, FileNode>, name: string, place?: number): number | null {
  const entry = group.get(name)
  const node = place === undefined ? entry : entry?.kind === 'list' ? entry.items.at(place) : undefined
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : null
}

/** The optimizer that a parameter group is of: Adam has betas. Values out of range stay at their defaults. */
function optimizer(evidence: TrainingEvidence): ExperimentDocument['optimizer'] {
  const group = evidence.optimizer
  const kind = group && !group.has('betas') && group.has('momentum') ? 'sgd' : 'adam'
  const { fields } = optimizerTables[kind]
  const params: FieldValues = defaultValues(fields)
  const found: Record<string, number | null> = {
    learningRate:
      (group && groupNumber(group, 'lr')) ?? foundNumber(evidence, 'learning_rate', 'lr')?.value ?? null,
    beta1: group && groupNumber(group, 'betas', 0),
    beta2: group && groupNumber(group, 'betas', 1),
    epsilon: group && groupNumber(group, 'eps'),
    weightDecay: group && groupNumber(group, 'weight_decay'),
    momentum: group && groupNumber(group, 'momentum'),
  }
  for (const field of fields) {
    const value = found[field.key]
    if (value !== null && value !== undefined && !checkField(field, value)) params[field.key] = value
  }
  return { kind, params }
}

function trainingValue(evidence: TrainingEvidence, key: string, ...names: string[]): number {
  const field = trainingFields.find((candidate) => candidate.key === key)
  const found = foundNumber(evidence, ...names)
  if (field && found && !checkField(field, found.value)) return found.value
  return Number(field?.default)
}

/** An experiment around a model, as far as the file knows; the rest is asked. */
export function experimentAround(
  model: ModelDocument,
  interview: Interview,
  evidence: TrainingEvidence,
  usual: UsualTraining,
): ExperimentDocument {
  const steps = timeSteps(interview, evidence, usual)
  const code = encoding(interview, usual)
  const loss = interview.ask({
    id: 'loss',
    field: { ...lossField, default: usual.loss },
    matters: 'training',
  })
  return {
    ...plainTraining(),
    version: experimentVersion,
    name: model.name,
    dataset: { id: 'digits', subset: 1, limit: 0 },
    encoding: code,
    timeSteps: steps,
    model,
    loss: defaultLoss(loss as LossKind),
    optimizer: optimizer(evidence),
    epochs: trainingValue(evidence, 'epochs', 'num_epochs', 'epochs', 'n_epochs'),
    batchSize: trainingValue(evidence, 'batchSize', 'batch_size', 'batchsize', 'b'),
    dropLast: false,
    seed: 1,
    engine: 'native',
    threads: 0,
  }
}
