import { createPinia, setActivePinia } from 'pinia'
import type {
  ActivityTrace,
  EpochRecord,
  MetricsEvent,
  RunDetail,
  RunSummary,
} from '../../../src-shared/contract.ts'
import { presets } from '../../../src-shared/model/presets.ts'
import { createFakeBridge } from '../../../src-renderer/bridge/fake.ts'
import { provideBridge } from '../../../src-renderer/bridge/index.ts'

export function summary(id: string, changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    name: id,
    state: 'done',
    dataset: 'digits',
    datasetName: 'Digits',
    model: 'fc-leaky-100',
    engine: 'native',
    device: 'AVX2, 2 threads',
    threads: 2,
    seed: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    endedAt: null,
    epoch: 2,
    epochs: 10,
    batch: 0,
    batchesPerEpoch: 4,
    lastLoss: 0.5,
    lastTestAccuracy: 0.8,
    bestTestAccuracy: 0.9,
    bestEpoch: 1,
    imagesPerSecond: 1000,
    seconds: 3,
    checkpoint: `/w/${id}.safetensors`,
    checkpointEpoch: 2,
    error: null,
    ...changes,
  }
}

export function detail(run: RunSummary): RunDetail {
  return {
    ...run,
    experiment: presets[0].experiment,
    datasetChecksum: 'abc',
    versions: { spikedesk: '0.1.0' },
    folder: `/w/runs/${run.id}`,
  }
}

export function epoch(number: number, testAccuracy = 0.5): EpochRecord {
  return {
    epoch: number,
    trainLoss: 1,
    penalty: 0,
    learningRate: 5e-4,
    trainAccuracy: 0.6,
    testLoss: 1,
    testAccuracy,
    trainImagesPerSecond: 1000,
    testImagesPerSecond: 2000,
    seconds: 1,
    waiting: 0,
    firingRates: [0.1, 0.05],
    events: null,
  }
}

export function metrics(run: string, firstStep: number, losses: readonly number[]): MetricsEvent {
  return {
    run,
    firstStep,
    losses: new Float32Array(losses),
    epoch: 1,
    batch: firstStep + losses.length,
    batchesPerEpoch: 4,
    trainAccuracy: 0.7,
    learningRate: 5e-4,
    imagesPerSecond: 1234,
    etaSeconds: 5,
    firingRates: [0.2, 0.1],
  }
}

/** A trace with one hidden layer of three neurons and two classes, over two steps. */
export function trace(index: number, prediction: number, label: number): ActivityTrace {
  return {
    split: 'test',
    index,
    shape: [1, 1, 2],
    pixels: new Uint8Array([0, 255]),
    label,
    prediction,
    classes: ['no', 'yes'],
    timeSteps: 2,
    counts: new Float32Array([1, 0]),
    layers: [
      {
        layer: 'lif1',
        neurons: 3,
        threshold: 1,
        spikes: new Uint8Array([0, 1, 0, 0, 1, 0]),
        membrane: new Float32Array([0.2, 1.1, 0.4, 0.3, 1.2, 0.9]),
      },
      {
        layer: 'lif2',
        neurons: 2,
        threshold: 1,
        spikes: new Uint8Array([1, 0, 0, 0]),
        membrane: new Float32Array([1.2, 0, 0.3, 0]),
      },
    ],
  }
}

/** A fresh Pinia over a bridge that answers from functions. */
export function setup(answers: Parameters<typeof createFakeBridge>[0]) {
  const bridge = createFakeBridge(answers)
  provideBridge(bridge)
  setActivePinia(createPinia())
  return bridge
}

/** Lets every promise that is ready run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}
