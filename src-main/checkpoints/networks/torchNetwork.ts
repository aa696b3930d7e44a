import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import { experimentSchema } from '../../../src-shared/experimentSchema.ts'
import { upgradeExperiment } from '../../../src-shared/experimentUpgrade.ts'
import { modelVersion, type LayerNode } from '../../../src-shared/model/document.ts'
import { inferModel } from '../../../src-shared/model/shapes.ts'
import { layerOrderQuestion } from '../../../src-shared/questionFields.ts'
import { FileProblem } from '../../containers/fileProblem.ts'
import type { FileNode, TensorNode } from '../files/openedFile.ts'
import { blockOf, type StrangeModule } from './blocks.ts'
import { requireChain, requireNoShortcut } from './branches.ts'
import { experimentAround, type UsualTraining } from './importedExperiment.ts'
import type { ImportedNetwork } from './importedNetwork.ts'
import type { Interview } from './interview.ts'
import { isLeakyParallel, leakyParallelBlock } from './leakyParallel.ts'
import { layOut, type LayOutOptions } from './layOut.ts'
import { findModules, type FoundModule } from './modules.ts'
import { withGaps } from './numberedGaps.ts'
import { parametersOf } from './parameters.ts'
import { pairedByOrder, settlePlaces, type Placed } from './places.ts'
import { isSnntorchNeuron, snntorchNeuron } from './snntorchNeurons.ts'
import { spikingjellyNeuron } from './spikingjellyNeurons.ts'
import { findStateDict, type StateDict } from './stateDict.ts'
import { findEvidence, type TrainingEvidence } from './trainingEvidence.ts'

/** A network from the state dict of torch: that of snnTorch where neurons are saved, else spikingjelly's. */

interface Reading {
  interview: Interview
  evidence: TrainingEvidence
  convolutional: boolean
  snntorch: boolean
}

function placed(
  module: FoundModule,
  { interview, evidence, convolutional, snntorch }: Reading,
): Placed | StrangeModule {
  if (snntorch && isLeakyParallel(module)) return leakyParallelBlock(module, interview)
  if (snntorch && isSnntorchNeuron(module)) return snntorchNeuron(module, interview)
  if (!snntorch && (module.spikes || module.tensors.has('w') || module.tensors.has('k'))) {
    return spikingjellyNeuron(module.path, module, interview, evidence, convolutional)
  }
  return blockOf(module) ?? { kind: 'unknown', id: module.path }
}

function requireKnown(blocks: readonly (Placed | StrangeModule)[]): Placed[] {
  const strange = blocks.find((block) => block.kind === 'strange')
  if (!strange) return blocks as Placed[]
  const tensors = strange.tensors.slice(0, 4).join(', ')
  throw new FileProblem('problem.strangeModule', { layer: strange.id, tensors })
}

function layersOf(modules: readonly FoundModule[], reading: Reading, options: LayOutOptions) {
  const { interview, evidence, convolutional, snntorch } = reading
  const blocks = requireKnown(modules.map((module) => placed(module, reading)))
  const pairs = pairedByOrder(blocks)
  const isPaired = pairs && interview.ask({ id: 'layerOrder', field: layerOrderQuestion }) === 'paired'
  const paired = isPaired ? pairs : null
  requireChain(paired ?? blocks)
  if (paired) interview.note({ phrase: 'note.paired' })
  const invent = snntorch
    ? null
    : (id: string) => spikingjellyNeuron(id, null, interview, evidence, convolutional)
  return layOut(settlePlaces(paired ?? blocks, invent), interview, options)
}

function usualTraining({ snntorch, convolutional }: Reading): UsualTraining {
  if (snntorch) return { timeSteps: 25, encoding: 'constant', loss: 'ce_count' }
  if (convolutional) return { timeSteps: 4, encoding: 'constant', loss: 'mse_rate' }
  return { timeSteps: 100, encoding: 'poisson', loss: 'mse_rate' }
}

function unusedTensors({ tensors }: StateDict, layers: readonly LayerNode[]): string[] {
  const owned = (name: string) => layers.some(({ id }) => id === '' || name.startsWith(`${id}.`))
  return [...tensors.keys()].filter((name) => !owned(name))
}

/** The experiment that this program writes beside a state dict; null where there is none that it knows. */
function savedExperiment(root: FileNode): ExperimentDocument | null {
  const node = root.kind === 'dict' ? root.entries.get('spikedesk_experiment') : undefined
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return null
  try {
    return experimentSchema.parse(upgradeExperiment(JSON.parse(node.value)))
  } catch {
    return null
  }
}

function tensorFinder({ tensors }: StateDict) {
  return (layer: string, parameter: string): TensorNode | undefined =>
    tensors.get(`${layer}.${parameter}`) ?? tensors.get(`${layer}.recurrent.${parameter}`)
}

function savedNetwork(
  experiment: ExperimentDocument,
  stateDict: StateDict,
  { histories }: TrainingEvidence,
): ImportedNetwork {
  return {
    framework: 'spikedesk',
    experiment,
    parameters: parametersOf(inferModel(experiment.model), tensorFinder(stateDict)),
    sources: stateDict.tensors,
    ...{ histories, questions: [], facts: [], notes: [] },
  }
}

/**
 * The network of a file with a state dict. Throws FileProblem where there is none, or one that cannot be run.
 */
export function torchNetwork(
  root: FileNode,
  name: string,
  interview: Interview,
  sampleShape: readonly number[] | null,
): ImportedNetwork {
  const stateDict = findStateDict(root)
  if (!stateDict) throw new FileProblem('problem.noStateDict')
  const evidence = findEvidence(root, stateDict.path)
  const saved = savedExperiment(root)
  if (saved) return savedNetwork(saved, stateDict, evidence)
  const modules = findModules(stateDict)
  requireNoShortcut(modules)
  const reading: Reading = {
    interview,
    evidence,
    convolutional: modules.some(({ tensors }) => (tensors.get('weight')?.shape.length ?? 0) > 2),
    snntorch: modules.some((module) => isSnntorchNeuron(module) || isLeakyParallel(module)),
  }
  const { snntorch } = reading
  const { shape, layers } = layersOf(snntorch || stateDict.modules ? modules : withGaps(modules), reading, {
    poolPlace: snntorch ? 'before' : 'after',
    statistics: snntorch ? 'step' : 'sequence',
    sampleShape,
  })
  const model = { version: modelVersion, name, input: { shape }, layers }
  const inferred = inferModel(model)
  const parameters = parametersOf(inferred, tensorFinder(stateDict))
  const unused = unusedTensors(stateDict, layers)
  if (unused.length > 0) interview.note({ phrase: 'note.unused', names: unused.slice(0, 4).join(', ') })
  return {
    framework: snntorch ? 'snntorch' : 'spikingjelly',
    experiment: experimentAround(model, interview, evidence, usualTraining(reading)),
    parameters,
    sources: stateDict.tensors,
    histories: evidence.histories,
    questions: interview.questions,
    facts: interview.facts,
    notes: interview.notes,
  }
}
