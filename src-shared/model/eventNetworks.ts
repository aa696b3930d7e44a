import { modelVersion, type LayerNode, type ModelDocument } from './document.ts'
import { presetLayer as layer } from './presetLayer.ts'
import { defaultSurrogate } from './surrogates.ts'

/** One frame of events of a 34×34 sensor: a channel for each polarity. */
const eventFrame = { shape: [2, 34, 34] }

function leakyNeuron(id: string): LayerNode {
  return layer(id, 'leaky', { beta: 0.9, surrogate: defaultSurrogate('fast_sigmoid') })
}

/** Convolution, neurons and pooling; without padding, so that the maps go 34-30-15-13-6-4-2. */
function convolutionBlock(index: number, outputs: number, kernel: number): LayerNode[] {
  return [
    layer(`conv${index}`, 'conv2d', { outputs, kernel }),
    leakyNeuron(`lif${index}`),
    layer(`pool${index}`, 'maxpool2d'),
  ]
}

/** A network of three convolutions for frames of events, with Leaky neurons. */
export function eventsCnn(): ModelDocument {
  return {
    version: modelVersion,
    name: 'events-cnn',
    input: eventFrame,
    layers: [
      ...convolutionBlock(1, 16, 5),
      ...convolutionBlock(2, 32, 3),
      ...convolutionBlock(3, 64, 3),
      layer('flatten', 'flatten'),
      layer('fc1', 'linear', { outputs: 128 }),
      leakyNeuron('lif4'),
      layer('fc2', 'linear', { outputs: 10 }),
      leakyNeuron('lif5'),
    ],
  }
}
