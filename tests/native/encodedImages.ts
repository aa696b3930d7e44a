import type { NetworkSpec } from '../../src-main/engine/compile.ts'
import type { ImageSource } from '../../src-main/engine/executor.ts'
import type { EngineEncodingKind } from '../../src-shared/encodingTables.ts'
import type { EngineEncodingSettings } from '../../src-shared/experiment.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { defaultSurrogate } from '../../src-shared/model/surrogates.ts'
import { inputShape } from '../../src-shared/sampleRoute.ts'
import { layer, network, noise } from '../main/engine/fixtures.ts'

/** Every encoder of images with what its parameters can do; all of them fit 12 steps. */
export const encodingSettings: readonly { kind: EngineEncodingKind; params: FieldValues }[] = [
  { kind: 'constant', params: { gain: 0.7, offset: -0.1 } },
  { kind: 'rate', params: { gain: 0.7, offset: 0.02 } },
  { kind: 'rate', params: { firstSpikeTime: 5 } },
  { kind: 'poisson', params: {} },
  { kind: 'latency', params: { bypass: true } },
  { kind: 'latency', params: { tau: 0.4, threshold: 0.2, clip: true } },
  { kind: 'latency', params: { normalize: true, firstSpikeTime: 3 } },
  { kind: 'latency', params: { normalize: true, tau: 7, threshold: 0.3, epsilon: 1e-4, clip: true } },
  // So low a threshold makes times that are not in the order of brightness.
  { kind: 'latency', params: { normalize: true, threshold: 3e-7 } },
  { kind: 'latency', params: { normalize: true, threshold: 1e-9 } },
  { kind: 'latency', params: { normalize: true, linear: true } },
  { kind: 'latency', params: { linear: true, tau: 4.3 } },
  {
    kind: 'latency',
    params: { linear: true, normalize: true, interpolate: true, onTarget: 1.25, offTarget: 0.25 },
  },
  { kind: 'latency', params: { normalize: true, interpolate: true, clip: true } },
  { kind: 'latency', params: { normalize: true, onTarget: 3, offTarget: 0.5 } },
  { kind: 'latency', params: { bypass: true, tau: 3, onTarget: 2, offTarget: -1 } },
  { kind: 'firstSpike', params: {} },
  { kind: 'firstSpike', params: { curve: 'log' } },
  { kind: 'delta', params: {} },
  { kind: 'delta', params: { threshold: 0, padding: true } },
  { kind: 'delta', params: { threshold: 0, padding: true, offSpike: true } },
  { kind: 'delta', params: { offSpike: true } },
  { kind: 'phase', params: {} },
  { kind: 'phase', params: { phases: 3 } },
  { kind: 'population', params: {} },
  { kind: 'population', params: { population: 3, low: -0.5, high: 2, deviation: 0.4 } },
  { kind: 'population', params: { population: 7, spikes: 'random', deviation: 0.3 } },
  { kind: 'periodic', params: { period: 5 } },
  { kind: 'periodic', params: { period: 1000 } },
]

/** Noise between images all black, all white, and of no dark pixel at all. */
export function shownImages(shape: number[]): ImageSource {
  const size = elementCount(shape)
  const source = noise(7, size, 2)
  source.images.fill(0, 0, size)
  source.images.fill(255, size, 2 * size)
  source.images.subarray(2 * size, 3 * size).forEach((byte, i, image) => (image[i] = 180 + (byte % 40)))
  return source
}

const transparent = {
  beta: 0,
  threshold: 0.5,
  reset: 'none',
  surrogate: defaultSurrogate('straight_through_estimator'),
}

/** A network whose first layer shows its input: as features, or as maps where the images are. */
export function showingNetwork(
  encoding: EngineEncodingSettings,
  shape: number[],
  timeSteps: number,
  batchSize: number,
): NetworkSpec {
  const shows = layer('shows', 'leaky', transparent)
  const maps = shape.length > 1
  const readout = [layer('fc', 'linear', { outputs: 2 }), layer('out', 'leaky')]
  const pooled = [layer('pool', 'maxpool2d', { kernel: 1, stride: 1 }), layer('f', 'flatten')]
  const layers = [shows, ...(maps ? pooled : []), ...readout]
  return network(
    layers,
    maps ? inputShape({ transforms: [], encoding }, shape) : [fieldsTimes(encoding, shape)],
    {
      encoding,
      timeSteps,
      batchSize,
    },
  )
}

function fieldsTimes(encoding: EngineEncodingSettings, shape: number[]): number {
  return elementCount(inputShape({ transforms: [], encoding }, [shape[0], 1, 1]))
}
