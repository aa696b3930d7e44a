export default {
  none: '在此文件中没有找到网络。',
  layers: '层',
  layer: '层',
  kind: '种类',
  output: '输出',
  weights: '权重',
} as const
