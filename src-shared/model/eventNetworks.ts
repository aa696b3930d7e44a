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

/** Two convolutions whose result is added to what went in, through a projection where the shape changes. */
function residualBlock(name: string, from: string, outputs: number, stride: number): LayerNode[] {
  const projects = stride > 1
  const projection = layer(`${name}-skip`, 'conv2d', { outputs, kernel: 1, stride, bias: false })
  return [
    layer(`${name}-conv1`, 'conv2d', { outputs, padding: 1, stride, bias: false }),
    layer(`${name}-bn1`, 'batchnorm2d'),
    leakyNeuron(`${name}-lif1`),
    layer(`${name}-conv2`, 'conv2d', { outputs, padding: 1, bias: false }),
    layer(`${name}-bn2`, 'batchnorm2d'),
    ...(projects ? [{ ...projection, inputs: [from] }] : []),
    { ...layer(`${name}-add`, 'add'), inputs: [`${name}-bn2`, projects ? projection.id : from] },
    leakyNeuron(`${name}-lif2`),
  ]
}

/**
 * A residual network for frames of events: neurons with an adaptive threshold after the first convolution, two
 * residual blocks, dropout, and neurons with a synaptic current before the output. These forget faster than snnTorch's
 * example, and the surrogate of the output is wider: else the outputs, driven far over their threshold at first, are
 * soon pushed so far below it that nothing brings them back.
 */
export function eventsResnet(): ModelDocument {
  const surrogate = defaultSurrogate('fast_sigmoid')
  return {
    version: modelVersion,
    name: 'events-resnet',
    input: eventFrame,
    layers: [
      layer('conv1', 'conv2d', { outputs: 32, padding: 1, bias: false }),
      layer('bn1', 'batchnorm2d'),
      layer('alif1', 'alif', { alpha: 0.9, beta: 0.5, surrogate }),
      layer('pool1', 'maxpool2d'),
      ...residualBlock('block1', 'pool1', 32, 1),
      ...residualBlock('block2', 'block1-lif2', 64, 2),
      layer('pool2', 'adaptiveavgpool2d', { size: 4 }),
      layer('flatten', 'flatten'),
      layer('dropout', 'dropout', { probability: 0.3 }),
      layer('fc1', 'linear', { outputs: 128 }),
      layer('synaptic', 'synaptic', { alpha: 0.5, beta: 0.5, surrogate }),
      layer('fc2', 'linear', { outputs: 10 }),
      layer('lif', 'leaky', { beta: 0.9, surrogate: { ...surrogate, slope: 5 } }),
    ],
  }
}
