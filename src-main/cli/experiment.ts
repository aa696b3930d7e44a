import { readFileSync, statSync } from 'node:fs'
import { SpikedeskError, errorSentence } from '../../src-shared/errors/index.ts'
import {
  experimentVersion,
  type EngineId,
  type ExperimentDocument,
  type RecomputeKind,
} from '../../src-shared/experiment.ts'
import { checkExperiment, experimentSchema } from '../../src-shared/experimentSchema.ts'
import { upgradeExperiment } from '../../src-shared/experimentUpgrade.ts'
import { findPreset, presets } from '../../src-shared/model/presets.ts'
import { encodingTables } from '../../src-shared/encodingTables.ts'
import { transformTables } from '../../src-shared/transformTables.ts'
import type { Arguments } from './arguments.ts'
import { stepTables } from './options.ts'
import { readSettings } from './settings.ts'
import { structureProblem } from './structureProblem.ts'

/** An experiment is a few kilobytes; whatever is larger is something else. */
const largestFile = 4 * 2 ** 20

function readText(file: string): string {
  let size: number
  try {
    const found = statSync(file)
    if (!found.isFile()) throw new Error('it is not a file')
    size = found.size
    if (size <= largestFile) return readFileSync(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const reason = code === 'ENOENT' ? 'it does not exist' : (error as Error).message
    throw new SpikedeskError('experiment.unreadable', { file, reason }, error)
  }
  throw new SpikedeskError('experiment.tooLarge', { file, found: size, wanted: largestFile })
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new SpikedeskError('experiment.notJson', { file, detail: `${(error as Error).message}.` }, error)
  }
}

function refuseProblems(experiment: ExperimentDocument, file: string): void {
  const problem = checkExperiment(experiment).at(0)
  if (!problem) return
  const { path, code, data } = problem
  throw new SpikedeskError('experiment.field', { file, path, problem: errorSentence(code, data) })
}

/** Reads and checks an experiment document; the error names the file and the field. */
function readExperimentFile(file: string): ExperimentDocument {
  const document = upgradeExperiment(parseJson(file, readText(file)))
  const version =
    typeof document === 'object' && document !== null && 'version' in document ? document.version : undefined
  if (typeof version === 'number' && version > experimentVersion) {
    throw new SpikedeskError('experiment.version', { file, found: version, known: experimentVersion })
  }
  const parsed = experimentSchema.safeParse(document)
  if (!parsed.success) {
    const { path, problem } = structureProblem(document, parsed.error.issues[0])
    throw new SpikedeskError('experiment.field', { file, path, problem })
  }
  refuseProblems(parsed.data, file)
  return parsed.data
}

/** The experiment of a preset's id or of a file. */
export function loadExperiment(word: string): ExperimentDocument {
  const preset = findPreset(word)
  if (preset) return structuredClone(preset.experiment)
  const looksLikeFile = /[/\\]|\.json$/i.test(word) || statSync(word, { throwIfNoEntry: false })
  if (looksLikeFile) return readExperimentFile(word)
  const known = presets.map(({ id }) => id).join(', ')
  throw new SpikedeskError('usage.unknownExperiment', { found: word, known })
}

/** What lies between gradient and step. */
function withStepOptions(experiment: ExperimentDocument, args: Arguments) {
  const { optimizer, schedule, clipping, regularisers, accumulation, truncation } = experiment
  const text = (name: keyof typeof stepTables) => args.text(name)
  const [newOptimizer, newSchedule, newClipping] = [text('optimizer'), text('schedule'), text('clipping')]
  const added = args.texts('regulariser')
  return {
    optimizer: newOptimizer ? readSettings('--optimizer', newOptimizer, stepTables.optimizer) : optimizer,
    schedule: newSchedule ? readSettings('--schedule', newSchedule, stepTables.schedule) : schedule,
    clipping: newClipping ? readSettings('--clipping', newClipping, stepTables.clipping) : clipping,
    regularisers:
      added?.map((each) => ({
        ...readSettings('--regulariser', each, stepTables.regulariser),
        layers: [],
      })) ?? regularisers,
    accumulation: args.number('accumulation') ?? accumulation,
    truncation: args.number('truncation') ?? truncation,
  }
}

/**
 * The experiment with the values of the command line in place of its own. The dataset is set elsewhere,
 * because a path has to become an id first.
 */
export function withOptions(experiment: ExperimentDocument, args: Arguments): ExperimentDocument {
  const { dataset } = experiment
  const { optimizer, ...steps } = withStepOptions(experiment, args)
  const learningRate = args.number('lr')
  const encoding = args.text('encoding')
  const changed: ExperimentDocument = {
    ...experiment,
    ...steps,
    dataset: {
      ...dataset,
      subset: args.number('subset') ?? dataset.subset,
      limit: args.number('limit') ?? dataset.limit,
    },
    optimizer:
      learningRate === undefined
        ? optimizer
        : { ...optimizer, params: { ...optimizer.params, learningRate } },
    transforms:
      args.texts('transform')?.map((text) => readSettings('--transform', text, transformTables)) ??
      experiment.transforms,
    encoding:
      encoding === undefined ? experiment.encoding : readSettings('--encoding', encoding, encodingTables),
    timeSteps: args.number('steps') ?? experiment.timeSteps,
    epochs: args.number('epochs') ?? experiment.epochs,
    batchSize: args.number('batch') ?? experiment.batchSize,
    seed: args.number('seed') ?? experiment.seed,
    engine: (args.text('engine') as EngineId | undefined) ?? experiment.engine,
    threads: args.number('threads') ?? experiment.threads,
    recompute: (args.text('recompute') as RecomputeKind | undefined) ?? experiment.recompute,
  }
  refuseProblems(changed, args.positional())
  return changed
}
