import type { Phrase } from '../../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import type { Fact, FoundHistory, FrameworkId, Question } from '../../../src-shared/importedNetwork.ts'
import type { TensorNode } from '../files/openedFile.ts'
import type { NirGraph } from './nir/graph.ts'
import type { NamedTensor } from '../../engine/executor.ts'

/** A network out of a file, ready to run: every question has at least its default for an answer. */
export interface ImportedNetwork {
  framework: FrameworkId
  experiment: ExperimentDocument
  /** Every parameter of the model, `<layer>.<parameter>`; values are read from the file when they are asked for. */
  parameters: NamedTensor[]
  /** The tensors of the file's state dict by name, as they are in the file; empty where it has none. */
  sources: ReadonlyMap<string, TensorNode>
  /** The graph that it came from, where that was NIR. */
  graph?: NirGraph
  histories: FoundHistory[]
  questions: Question[]
  facts: Fact[]
  notes: Phrase[]
}
