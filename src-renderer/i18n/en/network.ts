export default {
  none: 'No network was found in this file.',
  layers: 'Layers',
  layer: 'Layer',
  kind: 'Kind',
  output: 'Output',
  weights: 'Weights',
} as const
