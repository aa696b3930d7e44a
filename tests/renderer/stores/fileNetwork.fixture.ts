import type { NetworkSummary, OpenedCheckpoint } from '../../../src-shared/checkpointContract.ts'
import type { Question } from '../../../src-shared/importedNetwork.ts'
import { presets } from '../../../src-shared/model/presets.ts'

export const timeSteps: Question = {
  id: 'timeSteps',
  field: {
    type: 'integer',
    key: 'timeSteps',
    label: 'Time steps',
    min: 1,
    max: 100,
    step: 1,
    default: 25,
    help: '',
  },
  evidence: null,
  matters: 'always',
  answer: 25,
  answered: false,
}

export const summary: NetworkSummary = {
  framework: 'snntorch',
  experiment: presets[0].experiment,
  parameters: [],
  questions: [timeSteps],
  facts: [],
  histories: [],
  notes: [],
}

export function openedFile(path: string, network: NetworkSummary | null = summary): OpenedCheckpoint {
  return {
    ...{ path, name: path.slice(1), format: 'torch', bytes: 10, rows: [], cut: false, notes: [] },
    ...{ graph: null, network, problem: null },
  }
}

export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))
