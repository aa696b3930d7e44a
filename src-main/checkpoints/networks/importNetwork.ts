import { basename } from 'node:path'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { compileExperiment } from '../../engine/compile.ts'
import type { Answers, FoundHistory } from '../../../src-shared/importedNetwork.ts'
import { readCheckpoint } from '../checkpoint.ts'
import { FileProblem } from '../../containers/fileProblem.ts'
import type { OpenedFile } from '../files/openedFile.ts'
import type { ImportedNetwork } from './importedNetwork.ts'
import { Interview } from './interview.ts'
import { nirNetwork } from './nir/nirNetwork.ts'
import { torchNetwork } from './torchNetwork.ts'

export interface ImportOptions {
  answers?: Answers
  /** Shape of the samples that the network will see, where that is known. */
  sampleShape?: readonly number[]
}

/** The curves of a checkpoint of this program, one value an epoch. Throws what `readCheckpoint` does. */
function curvesOf({ history }: ReturnType<typeof readCheckpoint>): FoundHistory[] {
  const curve = (name: string, of: (score: (typeof history)[number]) => number) => ({
    name,
    values: Float64Array.from(history, of),
  })
  return [
    curve('trainLoss', ({ trainLoss }) => trainLoss),
    curve('trainAccuracy', ({ trainAccuracy }) => trainAccuracy),
    curve('testLoss', ({ testLoss }) => testLoss),
    curve('testAccuracy', ({ testAccuracy }) => testAccuracy),
  ].filter(({ values }) => values.length > 0)
}

export function ownHistories(path: string): FoundHistory[] {
  return curvesOf(readCheckpoint(path))
}

/** A checkpoint of this program answers everything itself. */
function ownNetwork(path: string): ImportedNetwork {
  const checkpoint = readCheckpoint(path)
  return {
    framework: 'spikedesk',
    experiment: checkpoint.experiment,
    parameters: checkpoint.state.parameters,
    sources: new Map(),
    histories: curvesOf(checkpoint),
    questions: [],
    facts: [],
    notes: [],
  }
}

function readNetwork(
  file: OpenedFile,
  interview: Interview,
  { sampleShape = undefined }: ImportOptions,
): ImportedNetwork {
  const name = basename(file.path).replace(/\.[^.]*$/, '')
  switch (file.format) {
    case 'spikedesk':
      return ownNetwork(file.path)
    case 'nir':
      return nirNetwork(file.root, name, interview)
    default:
      return torchNetwork(file.root, name, interview, sampleShape ?? null)
  }
}

/**
 * The network in an opened file, with what is asked about it. Throws `network.none` where there is none that can
 * be run, `network.answer` for an answer that nothing asks for, and the problem of an answer that cannot stand.
 */
export function importNetwork(file: OpenedFile, options: ImportOptions = {}): ImportedNetwork {
  const interview = new Interview(options.answers)
  try {
    const network = readNetwork(file, interview, options)
    interview.finish(file.path)
    compileExperiment(network.experiment)
    return network
  } catch (thrown) {
    if (!(thrown instanceof FileProblem)) throw thrown
    throw new SpikedeskError('network.none', { path: file.path, problem: thrown.phrase }, thrown)
  }
}

/** Reads all parameters of a network, so that its file may be closed. Throws `file.damaged`. */
export function loadParameters(file: OpenedFile, { parameters }: ImportedNetwork): void {
  try {
    for (const tensor of parameters) void tensor.data
  } catch (thrown) {
    if (!(thrown instanceof FileProblem)) throw thrown
    throw new SpikedeskError('file.damaged', { path: file.path, problem: thrown.phrase }, thrown)
  }
}
