import type { Phrase } from './errors/index.ts'
import type { Field, FieldValue } from './fields.ts'

/** What a file of another program leaves open about its network, and what was found out. */

export type FrameworkId = 'snntorch' | 'spikingjelly' | 'nir' | 'spikedesk'

/** Answers to questions, by id. */
export type Answers = Record<string, FieldValue>

/** Something that the file does not say. */
export interface Question {
  id: string
  /** Range, choices, and the framework's default. */
  field: Field
  /** Why the default is what it is, where the file gives a hint. */
  evidence: Phrase | null
  /** Whether it changes what the network computes, or only how it goes on learning. */
  matters: 'always' | 'training'
  /** What was answered, else the default. */
  answer: FieldValue
  answered: boolean
}

/** Something that the file says. */
export interface Fact {
  /** As in the experiment or the layer: `timeSteps`, `beta`. */
  name: string
  value: FieldValue
  /** Where in the file it stands, e.g. `hyperparameters.num_steps`. */
  source: string
}

/** Numbers in the order in which they were recorded, e.g. a loss for each batch. */
export interface FoundHistory {
  /** Path in the file, its parts joined by dots. */
  name: string
  values: Float64Array
}
