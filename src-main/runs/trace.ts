import type { ActivityTrace, Split } from '../../src-shared/contract.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { spikeCounts } from '../analysis/firing.ts'
import type { Executor, LayerTrace } from '../engine/executor.ts'
import { samplePicture } from '../encoding/samplePicture.ts'
import { predictClasses } from '../engine/losses/readout.ts'
import { batchOf } from '../training/streaming/openSource.ts'
import { withTrainedNetwork, type TrainedNetwork } from './trainedNetwork.ts'
import type { Workspace } from './workspace.ts'

/** Epoch of the encoder's streams: training samples are shown as in the first epoch. */
const shownEpoch = { train: 1, test: 0 } as const

function thresholdOf(executor: Executor, layer: string): number {
  const op = executor.program.forward.find(
    (candidate) => candidate.op === 'neuron' && candidate.layer === layer,
  )
  if (op?.op !== 'neuron') return Number.NaN
  if ('threshold' in op.neuron) return op.neuron.threshold
  const tensor = executor.readState().parameters.find(({ name }) => name === op.parameters.threshold)
  return tensor?.data[0] ?? Number.NaN
}

/** What a network does with one sample; throws `sample.range`. */
export function traceOf(
  { experiment, dataset, executor }: Pick<TrainedNetwork, 'experiment' | 'dataset' | 'executor'>,
  split: Split,
  index: number,
): ActivityTrace {
  const { count, labels } = dataset[split]
  if (index >= count) {
    throw new SpikedeskError('sample.range', {
      index,
      split: { phrase: `split.${split}` },
      dataset: dataset.name,
      count,
    })
  }
  const indices = Uint32Array.of(index)
  const request = { split, indices, epoch: shownEpoch[split] }
  const layers = executor.trace(batchOf(dataset, experiment, request))
  const output = layers[layers.length - 1]
  const counts = spikeCounts(output)
  const extents = { timeSteps: experiment.timeSteps, batch: 1, outputs: output.neurons }
  const [prediction] = predictClasses(executor.program.loss, Float32Array.from(output.spikes), extents)
  return {
    split,
    index,
    ...samplePicture(dataset, split, index),
    label: labels[index],
    prediction,
    classes: dataset.classes,
    timeSteps: experiment.timeSteps,
    counts,
    layers: layers.map((layer: LayerTrace) => ({ ...layer, threshold: thresholdOf(executor, layer.layer) })),
  }
}

/**
 * What the network of a run's newest checkpoint does with one sample of its dataset: every spike and membrane.
 * Throws `run.unknown`, `run.noCheckpoint`, `sample.range`.
 */
export function traceSample(
  workspace: Workspace,
  run: string,
  split: Split,
  index: number,
): Promise<ActivityTrace> {
  return withTrainedNetwork(workspace, run, (network) => traceOf(network, split, index))
}
