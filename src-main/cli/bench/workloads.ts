import { encodingTables } from '../../../src-shared/encodingTables.ts'
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

/** The presets; frames of recordings are synthetic here: events of a density that can be chosen. */
export const workloads: readonly Workload[] = presets.map(({ id, title, experiment }) =>
  encodingTables[experiment.encoding.kind].reads === 'events'
    ? {
        ...{ id, title, input: 'events' },
        compile: () =>
          compileNetwork({ ...experiment, encoding: { kind: 'given', static: false, spikes: true } }),
      }
    : { ...{ id, title, input: 'images' }, compile: () => compileExperiment(experiment) },
)

export function findWorkload(id: string): Workload | undefined {
  return workloads.find((workload) => workload.id === id)
}
