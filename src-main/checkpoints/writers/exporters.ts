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
import { writeNir } from './nir/nirWriter.ts'
import { writePython } from './python/pythonWriter.ts'
import { stateDictOf } from './stateDict.ts'
import { writeTorch } from './torchWriter.ts'

/** Writes a network in one format and says what the format cannot express. */
export interface Exporter {
  format: ExportFormat
  /** Endings of file names that mean it, the usual one first. */
  endings: readonly string[]
  /** Throws `checkpoint.unwritable`. */
  write(network: ImportedNetwork, path: string): Phrase[] | Promise<Phrase[]>
}

function writeText(path: string, text: string): void {
  writeFileAtomically(path, [new TextEncoder().encode(text)])
}

const pretty = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`

const pth: Exporter = {
  format: 'pth',
  endings: ['.pth', '.pt'],
  write(network, path) {
    const { timeSteps, encoding } = network.experiment
    const settings: [string, FileNode][] = [
      ['num_steps', { kind: 'scalar', type: 'int', value: timeSteps }],
      ['encoding', textNode(encoding.kind)],
    ]
    const root = dictOf([
      ['state_dict', stateDictOf(network)],
      ['hyperparameters', dictOf(settings)],
      // Everything that a state dict does not say, for this program.
      ['spikedesk_experiment', textNode(canonicalJson(network.experiment))],
    ])
    writeTorch(path, root)
    return []
  },
}

const safetensors: Exporter = {
  format: 'safetensors',
  endings: ['.safetensors'],
  write({ experiment, parameters }, path) {
    const { model, dataset } = experiment
    const outputs = elementCount(inferModel(model).outputShape ?? [1])
    writeCheckpoint(path, {
      experiment,
      epoch: 0,
      batch: 0,
      sums: emptySums(),
      plateau: null,
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
    return []
  },
}

const modelDocument: Exporter = {
  format: 'model.json',
  endings: ['.model.json'],
  write({ experiment }, path) {
    writeText(path, pretty(experiment.model))
    return [{ phrase: 'note.noWeights' }]
  },
}

const experimentDocument: Exporter = {
  format: 'experiment.json',
  endings: ['.json'],
  write({ experiment }, path) {
    writeText(path, pretty(experiment))
    return [{ phrase: 'note.noWeights' }]
  },
}

const nir: Exporter = { format: 'nir', endings: ['.nir'], write: writeNir }

/** The script, and the weights beside it as `.pth`. */
const python: Exporter = {
  format: 'py',
  endings: ['.py'],
  write(network, path) {
    const weights = path.replace(/\.py$/i, '') + '.pth'
    const notes = writePython(network, path, weights)
    pth.write(network, weights)
    return notes
  },
}

/** The table of formats that networks are written in. */
export const exporters: readonly Exporter[] = [
  safetensors,
  pth,
  nir,
  python,
  modelDocument,
  experimentDocument,
]

/** The format that a file name means; undefined where it means none. */
export function exporterFor(path: string): Exporter | undefined {
  return exporters.find(({ endings }) => endings.some((ending) => path.toLowerCase().endsWith(ending)))
}

/** Writes a network. Throws `checkpoint.unwritable`. */
export async function exportNetwork(
  network: ImportedNetwork,
  format: ExportFormat,
  path: string,
): Promise<ExportResult> {
  const exporter = exporters.find((candidate) => candidate.format === format)
  if (!exporter) throw new Error(`no exporter for ${format}`)
  const notes = await exporter.write(network, path)
  return { path, bytes: statSync(path).size, notes }
}
