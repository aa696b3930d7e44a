import { optimizerTables } from '../../../src-shared/experimentFields.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { defaultLoss } from '../../../src-shared/lossTables.ts'
import { eventsCnn } from '../../../src-shared/model/eventNetworks.ts'
import { presets } from '../../../src-shared/model/presets.ts'
import { compileExperiment, compileNetwork } from '../../engine/compile.ts'
import type { Program } from '../../engine/program.ts'

/** A network that is measured: on the images of a dataset, or on synthetic frames of events. */
export interface Workload {
  id: string
  title: string
  input: 'images' | 'events'
  compile(): Program
}

const imageWorkloads = presets.map(({ id, title, experiment }): Workload => ({
  ...{ id, title, input: 'images' },
  compile: () => compileExperiment(experiment),
}))

const eventWorkloads: Workload[] = [
  {
    id: 'events-cnn',
    title: 'Convolutions on event frames',
    input: 'events',
    compile: () =>
      compileNetwork({
        model: eventsCnn(),
        timeSteps: 25,
        batchSize: 128,
        encoding: { kind: 'given', static: false, spikes: true },
        loss: defaultLoss('ce_count'),
        optimizer: {
          kind: 'adam',
          params: { ...defaultValues(optimizerTables.adam.fields), learningRate: 1e-3 },
        },
        seed: 1,
      }),
  },
]

/** Those of the presets first; of two with the same id the one on synthetic events counts. */
export const workloads: readonly Workload[] = [
  ...imageWorkloads.filter(({ id }) => !eventWorkloads.some((other) => other.id === id)),
  ...eventWorkloads,
]

export function findWorkload(id: string): Workload | undefined {
  return workloads.find((workload) => workload.id === id)
}
