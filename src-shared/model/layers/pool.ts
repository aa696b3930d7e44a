import type { LayerDefinition } from '../layerDefinition.ts'
import {
  kernelField,
  mapSize,
  paddingField,
  strideField,
  wantsMaps,
  windowOf,
  windowOutput,
  windowProblem,
  type Axes,
} from '../window.ts'

const descriptions = {
  max: { label: 'Max pool', help: 'The largest value under a window; of spikes: whether any neuron fired.' },
  avg: { label: 'Average pool', help: 'The mean of the values under a window; padding counts as zeros.' },
}

function pool(method: 'max' | 'avg', axes: Axes): LayerDefinition {
  const { label, help } = descriptions[method]
  return {
    kind: `${method}pool${axes}d`,
    label: `${label} ${axes}d`,
    family: 'shape',
    help,
    fields: [{ ...kernelField, default: 2 }, { ...strideField, default: 2 }, paddingField],
    inferShape(input, params) {
      const window = windowOf(input, params, axes)
      if (!window) return windowProblem(input, params, axes)
      const padding = Number(params.padding)
      if (2 * padding > Number(params.kernel))
        return { wanted: { phrase: 'shape.padding' }, found: `${padding}` }
      return windowOutput(window, axes)
    },
    parameters: () => [],
  }
}

function adaptive(axes: Axes): LayerDefinition {
  return {
    kind: `adaptiveavgpool${axes}d`,
    label: `Adaptive average pool ${axes}d`,
    family: 'shape',
    help: 'The mean of the values in each of as many parts as are wanted, whatever the size of the input.',
    fields: [
      {
        type: 'integer',
        key: 'size',
        label: 'Output size',
        min: 1,
        max: 1024,
        step: 1,
        default: 1,
        help: 'Length of each side of the output.',
      },
    ],
    inferShape(input, params) {
      if (!mapSize(input, axes)) return wantsMaps(input, axes)
      return [input[0], ...Array<number>(axes).fill(Number(params.size))]
    },
    parameters: () => [],
  }
}

/** Pooling with torch's defaults: sizes rounded down, no dilation. */
export const maxPool1d = pool('max', 1)
export const maxPool2d = pool('max', 2)
export const averagePool1d = pool('avg', 1)
export const averagePool2d = pool('avg', 2)
export const adaptiveAveragePool1d = adaptive(1)
export const adaptiveAveragePool2d = adaptive(2)
