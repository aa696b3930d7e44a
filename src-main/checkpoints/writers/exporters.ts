import { statSync } from 'node:fs'
import type { ExportFormat, ExportResult } from '../../../src-shared/checkpointContract.ts'
import type { Phrase } from '../../../src-shared/errors/index.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { inferModel } from '../../../src-shared/model/shapes.ts'
import { compileExperiment } from '../../engine/compile.ts'
import { initialState } from '../../engine/initialise.ts'
import { emptySums } from '../../training/position.ts'
import { writeFileAtomically } from '../atomicFile.ts'
import { canonicalJson } from '../canonicalJson.ts'
import { writeCheckpoint } from '../checkpoint.ts'
import { dictOf, textNode, type FileNode } from '../files/openedFile.ts'
import type { ImportedNetwork } from '../networks/importedNetwork.ts'
import { planNir } from './nir/nirWriter.ts'
import { planPython } from './python/pythonWriter.ts'
import { requireNew } from './requireNew.ts'
import { stateDictOf } from './stateDict.ts'
import { writeTorch } from './torchWriter.ts'

/** A network that can be written, and what of it will not be in the file. */
export interface PlannedExport {
  notes: Phrase[]
  /** Throws `checkpoint.unwritable`. */
  write(path: string): void | Promise<void>
}

/** Writes networks in one format. */
export interface Exporter {
  format: ExportFormat
  /** Endings of file names that mean it, the usual one first. */
  endings: readonly string[]
  /** What else is written beside a file of this name. */
  beside?(path: string): string[]
  /** Throws `export.layer` where the format has nothing like a layer. */
  plan(network: ImportedNetwork): PlannedExport
}

function writeText(path: string, text: string): void {
  writeFileAtomically(path, [new TextEncoder().encode(text)])
}

/** The tree of a `.pth` file: the state dict, settings as training loops save them, and all the rest. */
function torchRoot(network: ImportedNetwork): FileNode {
  const { timeSteps, encoding } = network.experiment
  const settings: [string, FileNode][] = [
    ['num_steps', { kind: 'scalar', type: 'int', value: timeSteps }],
    ['encoding', textNode(encoding.kind)],
  ]
  return dictOf([
    ['state_dict', stateDictOf(network)],
    ['hyperparameters', dictOf(settings)],
    // Everything that a state dict does not say, for this program.
    ['spikedesk_experiment', textNode(canonicalJson(network.experiment))],
  ])
}

/** A checkpoint of this program at epoch 0. */
function writeOwn({ experiment, parameters }: ImportedNetwork, path: string): void {
  const { model, dataset } = experiment
  const outputs = elementCount(inferModel(model).outputShape ?? [1])
  writeCheckpoint(path, {
    experiment,
    epoch: 0,
    batch: 0,
    sums: emptySums(),
    plateau: null,
    stretch: null,
    step: 0,
    state: { ...initialState(compileExperiment(experiment)), parameters },
    history: [],
    best: null,
    dataset: {
      id: dataset.id,
      name: dataset.id,
      checksum: '',
      shape: model.input.shape,
      classes: Array.from({ length: Math.min(outputs, 256) }, (_, i) => String(i)),
    },
    versions: {},
  })
}

const pth: Exporter = {
  format: 'pth',
  endings: ['.pth', '.pt'],
  plan(network) {
    return { notes: [], write: (path) => writeTorch(path, torchRoot(network)) }
  },
}

const safetensors: Exporter = {
  format: 'safetensors',
  endings: ['.safetensors'],
  plan(network) {
    return { notes: [], write: (path) => writeOwn(network, path) }
  },
}
function documentExporter(
  format: ExportFormat,
  ending: string,
  of: (network: ImportedNetwork) => unknown,
): Exporter {
  return {
    format,
    endings: [ending],
    plan(network) {
      const text = `${JSON.stringify(of(network), null, 2)}\n`
      return { notes: [{ phrase: 'note.noWeights' }], write: (path) => writeText(path, text) }
    },
  }
}

const nir: Exporter = { format: 'nir', endings: ['.nir'], plan: planNir }

const weightsBeside = (path: string): string => path.replace(/\.py$/i, '') + '.pth'

/** The script, and the weights beside it as `.pth`. */
const python: Exporter = {
  format: 'py',
  endings: ['.py'],
  beside: (path) => [weightsBeside(path)],
  plan(network) {
    const { notes, script } = planPython(network)
    return {
      notes,
      write(path) {
        writeTorch(weightsBeside(path), torchRoot(network))
        writeText(path, script(weightsBeside(path)))
      },
    }
  },
}

/** The table of formats that networks are written in. */
export const exporters: readonly Exporter[] = [
  safetensors,
  pth,
  nir,
  python,
  documentExporter('model.json', '.model.json', ({ experiment }) => experiment.model),
  documentExporter('experiment.json', '.json', ({ experiment }) => experiment),
]

/** The format that a file name means; undefined where it means none. */
export function exporterFor(path: string): Exporter | undefined {
  return exporters.find(({ endings }) => endings.some((ending) => path.toLowerCase().endsWith(ending)))
}

function exporterOf(format: ExportFormat): Exporter {
  const exporter = exporters.find((candidate) => candidate.format === format)
  if (!exporter) throw new Error(`no exporter for ${format}`)
  return exporter
}

/** What a format cannot say of a network. Throws `export.layer` where it cannot be written at all. */
export function exportNotes(network: ImportedNetwork, format: ExportFormat): Phrase[] {
  return exporterOf(format).plan(network).notes
}

/**
 * Writes a network, over files that are there only where `overwrite` says so. Throws `export.exists`, `export.layer`,
 * `checkpoint.unwritable`.
 */
export async function exportNetwork(
  network: ImportedNetwork,
  format: ExportFormat,
  path: string,
  overwrite = false,
): Promise<ExportResult> {
  const { plan, beside } = exporterOf(format)
  if (!overwrite) requireNew([path, ...(beside?.(path) ?? [])])
  const { notes, write } = plan(network)
  await write(path)
  return { path, bytes: statSync(path).size, notes }
}
